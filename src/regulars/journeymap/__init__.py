"""The journey map as people draw it: what customers need and fear at each stage, and what the company answers."""
