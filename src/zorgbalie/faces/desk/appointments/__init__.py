"""Appointments of a patient at the desk: see, book for who calls, move, cancel, search."""
