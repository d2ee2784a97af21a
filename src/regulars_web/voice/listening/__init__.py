"""Other listening: interviews, focus groups, mystery visits."""
