"""Reads of questions and answers, by who reads."""
