"""Staff as pages: who serves whom, within which limits, what is promised inside, and who is thanked for what."""
