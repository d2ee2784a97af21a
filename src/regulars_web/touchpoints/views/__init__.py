"""The pages of the touchpoints."""
