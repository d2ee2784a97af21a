"""People: who works here, in which department, within which limits of authority, and what they promise each other."""
