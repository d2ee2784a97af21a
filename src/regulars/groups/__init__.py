"""Groups of customers: rules, whether they are valid, who belongs when, and the portrait of a group."""
