"""Pages on which surveys are built."""
