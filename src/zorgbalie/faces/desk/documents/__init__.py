"""Letters and documents of a patient: list, upload, share."""
