"""Making an appointment (REQ 36, 37; ux 42)."""
