"""The customer's voice: surveys, what was answered, and other ways of listening."""
