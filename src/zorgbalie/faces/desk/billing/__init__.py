"""Declarations: deciding about them and putting them in a file."""
