"""Notices to patients by e-mail (later SMS and push), with consent per kind (R15) and without content of care (R9).

Owns: preferences, the outbox, sending and its retries. Does not own: what happened (the care apps say so by calling
`actions.notify`). Source: REQ 9, 12, 31, 48.
"""
