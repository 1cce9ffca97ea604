"""Zorgbalie: a patient portal for Dutch GP practices and pharmacies, with the practice's own desk behind it."""
