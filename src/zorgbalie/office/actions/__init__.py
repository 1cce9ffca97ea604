"""Changes of the practice's administration, per topic."""
