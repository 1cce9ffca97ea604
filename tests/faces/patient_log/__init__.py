"""Tests of the page "wie heeft mijn dossier gezien?"."""
