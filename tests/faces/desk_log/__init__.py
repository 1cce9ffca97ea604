"""Tests of the log, emergency access and undelivered notices at the desk."""
