"""What was answered: overview, results of a survey, drivers, themes, single answers."""
