"""How the patient wants to hear results."""
