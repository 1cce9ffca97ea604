"""Asking the practice a question, and reading the answer."""
