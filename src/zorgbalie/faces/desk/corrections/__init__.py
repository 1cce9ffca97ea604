"""Requests of patients to correct, remove or add something in their record."""
