"""One URL root per face."""
