"""Persons, their BSN, and who may act for whom (parents, helpers).

Owns: the person register, representation, the sessions of the patient portal and the store against replayed sign-ins.
Does not own: enrolment with a practice (practice), consents and agreements (access).
A register below the gate: its screens are in `office` and `access`. Source: zib Patient, ContactPerson.
"""
