"""Touchpoints: traffic, waiting, promises, scores, consistency, first impressions and who spoke first."""
