"""Standard answers to questions of patients."""
