"""The customer-focus index as it is decided: floors, targets and weights of its components, in every version."""
