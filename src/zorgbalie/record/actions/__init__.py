"""Changes of the record, by topic."""
