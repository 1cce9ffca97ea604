"""Questions that a patient asks the practice in writing, and the answers (e-consult).

Owns: threads, their messages, drafts and internal notes, what a practice says about urgency, and by when it answers;
what of a thread was put in which record (the record itself has the lines), and whom a thread concerns.
Does not own: what a question is about (it keeps a kind, a number and the words of that moment), the inbox (worklist)
and notices (messaging). Visible to the patient, to who acts for the patient, and to staff with the right to answer.
Not here yet: attachments, reasons with questionnaires, billing, templates, a copy at another
practice, who else has the page open, and a limit outside opening hours.
Sources: REQ 8, 28 to 32, 35, 41 to 44, 48; R9, R12, R14, R15, R17; FHIR Communication.
"""
