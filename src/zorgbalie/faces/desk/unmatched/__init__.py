"""Laboratory messages that wait for somebody who says whose they are."""
