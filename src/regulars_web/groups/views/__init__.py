"""Views of the groups, one file a kind of page."""
