"""Rules of billing: pure."""
