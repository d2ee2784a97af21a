"""The journey map made by people."""
