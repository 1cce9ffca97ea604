"""A result that the desk types in."""
