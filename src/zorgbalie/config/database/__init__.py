"""The database as a process meets it: roles, walls (row-level security), start-up checks, the embedded server."""
