"""Reads of access, by topic."""
