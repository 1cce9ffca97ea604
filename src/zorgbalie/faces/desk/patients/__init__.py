"""Patients of the practice: search, register, invite, sign."""
