"""Reads: what goes with an item (`links`), and what a practice manages (`managing`)."""
