"""What comes in from and goes out to other systems: FHIR dossiers; later lab messages and links with a HIS.

Owns: reading a dossier, checking whose it is, translating it to rows of the record, and the report of what became of
each part. Does not own: the rows (record), who may change them (access). It has no tables.
Sources: FHIR STU3 (3.0.2); Nictiz GP profiles and zibs 2017 (nl-core-*, zib-*, gp-*); NHG-Tabel 14 and 45; ICPC-1.
"""
