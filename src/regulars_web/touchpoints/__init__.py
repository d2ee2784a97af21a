"""Touchpoints as pages: standards, promises, what each one does, and what is at stake."""
