"""The customer-focus index: open components, three views apart, and how far each is known."""
