"""Messages that the practice begins: to one patient, to a selection, and what is planned in a thread."""
