"""Who looked, who changed: the access log of NEN 7513 (REQ 10, 61, R13; Wabvpz 15e).

Owns: the log lines, their seals (a chain of digests) and the check of that chain. Append-only in the database
itself. Keeps plain ids and names as they were at that moment, no foreign keys, so that a line outlives what it is
about. Holds no content of care.
Does not own: what is allowed (access), nor the pages that show the log (access.queries).
"""
