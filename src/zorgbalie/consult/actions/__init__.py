"""Changes of questions and answers, by who changes."""
