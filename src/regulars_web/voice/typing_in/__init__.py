"""Answers given on paper or by telephone, typed in by a colleague."""
