"""WSGI entries, one per face."""
