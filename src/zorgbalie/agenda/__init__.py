"""Agendas of a practice and the appointments in them (e-afspraak).

Owns: agendas, their week patterns, closings and the urgent reserve, kinds of appointment, held and booked places, and
what fills an agenda without being of a patient (R10). Does not own: opening hours of the practice (practice), notices
(messaging). Visible to the patient, to who acts for the patient, and to staff with the right to book; what is taken is
known to all as times without names. No pages yet: this is the core that keeps two people out of one place.
Sources: REQ 36 to 40, 74; R10, R11; FHIR Schedule, Slot, Appointment.
"""
