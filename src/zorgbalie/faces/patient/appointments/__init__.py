"""Appointments that a patient has and had (REQ 38; ux 43)."""
