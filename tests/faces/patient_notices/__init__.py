"""Tests of the page on which a patient chooses notices."""
