"""Changes of the agenda, by who changes."""
