"""What customers' own words say: language, lemmas, masking, themes and sentiment. Nothing is downloaded or shipped."""
