"""What a company decides on its way: one definition, the fit check, the start, next actions, what is attested."""
