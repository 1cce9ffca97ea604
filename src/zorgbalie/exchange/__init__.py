"""What comes in from and goes out to other systems: FHIR dossiers and laboratory messages; later links with a HIS.

Owns: reading a dossier or message, checking whose it is, translating it to rows of the record, the report of what
became of each part, and laboratory messages as they came, with the list of those that wait for somebody (`lab`). Does
not own: the rows of the record (record), who may change them (access).
Sources: FHIR STU3 (3.0.2); Nictiz GP profiles and zibs 2017 (nl-core-*, zib-*, gp-*); NHG-Tabel 14 and 45; ICPC-1;
MEDLAB (Medeur, 3i-project); HL7 v2.5 ORU^R01.
"""
