"""The web application over the library ``regulars``. It begins with its own issue; nothing is served from here yet."""
