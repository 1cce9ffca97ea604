"""Reads of notices, by topic."""
