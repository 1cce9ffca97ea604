"""Saving the own record: `Dossier opslaan`."""
