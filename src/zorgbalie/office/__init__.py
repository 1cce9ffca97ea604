"""The practice's own administration: sign-in of staff, settings, accounts, employees, groups, agreement texts.

Owns: the gated side of the registers (REQ 53, 54, 60, 67 to 71) and what staff may do with their own sign-in. Has no
tables of its own: the registers keep them (practice, access). Does not own: the screens (faces) nor patient data.
Who may see it: staff with the right to manage the practice, of that practice alone; signing in is for everybody.
"""
