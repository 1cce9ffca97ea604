"""The agenda of the practice by day and week."""
