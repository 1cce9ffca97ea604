"""Reading and translating FHIR: pure functions, one module per step.

`json_file` and `xml_file` read a text; `bundle` takes documents apart into resources; `safety` looks at every value
of a resource; `patient` says whose they are; `mapping` makes rows of the record.
"""
