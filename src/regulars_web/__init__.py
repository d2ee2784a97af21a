"""The web application over the library ``regulars``: one Django app a noun, the same furniture in each."""
