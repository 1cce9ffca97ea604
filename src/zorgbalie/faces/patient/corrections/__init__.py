"""`Klopt dit niet?`: asking to correct, remove or add something, and reading the answer."""
