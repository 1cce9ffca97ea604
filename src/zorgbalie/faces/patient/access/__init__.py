"""Invitation, agreement and the request to read the record."""
