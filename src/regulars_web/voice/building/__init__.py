"""Surveys as colleagues make them: templates, questions, languages, preview, publishing."""
