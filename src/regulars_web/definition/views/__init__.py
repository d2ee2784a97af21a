"""Pages of the definition, by what people do there."""
