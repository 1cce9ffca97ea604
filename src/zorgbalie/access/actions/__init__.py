"""Changes of access, by topic."""
