"""Which notices the patient wants."""
