"""Clients of outside systems. They know nothing of our tables, and nothing of each other."""
