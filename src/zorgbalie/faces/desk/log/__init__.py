"""Access log per patient, and emergency access."""
