"""Groups of customers as pages: rules without code, whether they are valid, and the portrait of the key customers."""
