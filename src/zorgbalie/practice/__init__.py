"""Practices, accounts, staff, groups, rights, facilities and the enrolment of patients (REQ 53, 60, 67 to 71).

Owns: the register of practices and of who works there, the staff's sign-in users and sessions, and which patient is
enrolled where (the treatment relation), and when a practice is open. Does not own: the screens (office) and the rules
who may see what (access).
A register below the gate. Source: zib HealthcareProvider, HealthProfessional.
"""
