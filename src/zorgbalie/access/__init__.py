"""Who may see what, decided in one place.

Owns: `policy` (the table), `gate.py` (the only door), agreements, invitations, requests to read the record and
their release, emergency access, and "who looked in my file". Does not own: the data themselves (record and the other
care apps), registers (people, practice). Sources: REQ 4 to 10, 24, 53 to 61; WGBO; Wabvpz 15d to 15g; NEN 7513.
"""
