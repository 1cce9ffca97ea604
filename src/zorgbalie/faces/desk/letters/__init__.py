"""Template letters of the practice and of one employee."""
