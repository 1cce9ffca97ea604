"""Questions that a patient asks the practice in writing, and the answers (e-consult).

Owns: threads, their messages and files, drafts and internal notes, what a practice says about urgency, and by when it
answers.
Does not own: what a question is about (it keeps a kind, a number and the words of that moment), the inbox (worklist)
and notices (messaging). Visible to the patient, to who acts for the patient, and to staff with the right to answer.
Not here yet: reasons with questionnaires, a copy to the journal, billing, templates, a copy at another practice, who
else has the page open, and a limit outside opening hours.
Sources: REQ 8, 28, 30 to 32, 35, 41, 42, 48; R9, R14, R15, R17; FHIR Communication.
"""
