"""What the pages of the journey map answer."""
