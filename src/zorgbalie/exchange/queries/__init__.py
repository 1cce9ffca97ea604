"""Reads of what came in and waits for somebody."""
