"""Reliable information beside an item of the record: which website or page goes with which code (REQ 19, 47, 81).

Owns: the sources that can be searched, the links per code that a practice or a licence holder loaded, and what each
practice switched on. No patient data: the item is read through the gate by the app that keeps it, which then asks here
what goes with its code and name. Codes: ICPC-1-NL, ATC, G-Standaard (GPK, PRK, HPK), NHG-Tabel 45.
Who may: everybody reads; a manager changes what is of the own practice; the operator loads for all.
"""
