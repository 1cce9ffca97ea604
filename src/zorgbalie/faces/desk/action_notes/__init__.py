"""Actions that are put on the list by hand."""
