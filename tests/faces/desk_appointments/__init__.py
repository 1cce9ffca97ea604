"""Appointments of a patient at the desk."""
