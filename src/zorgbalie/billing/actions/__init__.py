"""Changes of billing."""
