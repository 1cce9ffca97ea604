"""Reading laboratory messages: bytes in, frozen values out. Pure: no Django, no tables, no clock.

`files` cuts a file into messages; `edifact` and `hl7v2` take one message apart into segments (with the kept readers
`pydifact` and `hl7`); `medlab` and `oru` read what the segments say; `reading` chooses between them; `reports` makes
reports of the record of it. Whatever is wrong is a `BrokenMessage` with the segment and the line.
Sources: MEDLAB (Medeur, 3i-project, version 3.BSN); HL7 v2.5 chapters 2, 3 and 7.
"""
