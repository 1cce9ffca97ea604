"""Questions that a patient asks the practice in writing, and the answers (e-consult).

Owns: threads, their messages, drafts and internal notes, what a practice says about urgency, and by when it answers;
reasons with their questions and the answers on them, and who may ask whom.
Does not own: what a question is about (it keeps a kind, a number and the words of that moment), the inbox (worklist)
and notices (messaging). Visible to the patient, to who acts for the patient, and to staff with the right to answer.
Not here yet: a copy to the journal, billing, templates, a copy at another practice, and who else has the page open.
Sources: REQ 8, 28, 30 to 32, 35, 41, 42, 48, 49; R9, R14, R15, R17; FHIR Communication.
"""
