"""Who looked in my record."""
