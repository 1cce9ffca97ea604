"""Addresses at which staff read their agenda in a calendar program."""
