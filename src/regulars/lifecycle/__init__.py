"""The life cycle as people decide it: stages and their rules, published with a name and a date."""
