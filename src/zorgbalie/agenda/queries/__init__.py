"""Reads of the agenda, by topic."""
