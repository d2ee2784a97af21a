"""The pages of what was answered."""
