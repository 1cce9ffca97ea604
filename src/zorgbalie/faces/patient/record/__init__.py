"""The record as the patient reads it."""
