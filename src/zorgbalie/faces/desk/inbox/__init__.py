"""The inbox and work list."""
