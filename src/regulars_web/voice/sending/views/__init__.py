"""Pages on which customers are asked."""
