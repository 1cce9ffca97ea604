"""Questions that a patient asks the practice in writing, and the answers (e-consult).

Owns: threads, their messages, files, drafts and internal notes; reasons with their questions and the answers on them;
what a practice says about urgency, who may ask whom, and by when it answers; what helps to answer (ticked questions,
unsent answers, standard answers, links, who is at a thread); what of a thread was put in which record, and whom it
concerns; and what the practice begins: messages, planned follow-ups, messages to a selection.
Does not own: what a question is about (it keeps a kind, a number and the words of that moment), the lines in the record
(record), the inbox (worklist), time and declarations (billing) and notices (messaging). Visible to the patient, to who
acts for the patient, and to staff with the right to answer.
Sources: REQ 8, 26 to 35, 41 to 49, 90; R9, R12, R14, R15, R17; FHIR Communication.
"""
