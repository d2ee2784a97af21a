"""Surveys: what is asked, in which words and order, and how what was said becomes rows of the customer log."""
