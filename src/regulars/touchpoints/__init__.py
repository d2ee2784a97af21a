"""The register of touchpoints: where customers meet the company, by which standard, and what is promised there."""
