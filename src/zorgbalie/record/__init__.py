"""The patient's record as the practice keeps it: episodes, contacts with journal entries (SOEP), results, allergies,
medication, attention values and work notes.

Owns: those data, what of it is visible to the patient, and the release of a record. Does not own: who may look
(access), and how data come in (exchange). Every read takes a viewer and passes the gate.
Sources: REQ 14 to 19, 24, 53 to 59; Dutch GP profiles (EpisodeOfCare, Encounter, Composition, Observation, Flag,
AllergyIntolerance, MedicationRequest); OPEN data set.
"""
