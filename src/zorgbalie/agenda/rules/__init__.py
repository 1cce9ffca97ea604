"""Rules of the agenda: pure."""
