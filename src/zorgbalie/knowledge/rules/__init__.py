"""Rules of this app: which word to search with, and what a line of a file must be. Pure."""
