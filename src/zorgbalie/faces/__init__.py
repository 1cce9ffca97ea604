"""Thin faces on the house: urls, views, forms, templates. A view loads, makes one call, and renders."""
