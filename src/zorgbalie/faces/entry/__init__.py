"""Signing in of patients and staff: everything before there is a viewer."""
