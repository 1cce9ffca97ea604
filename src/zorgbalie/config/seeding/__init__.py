"""Worlds to look at and to measure on: the demo practice, and a large deterministic world loaded by COPY.

Rows are written straight into the tables, as the owner: a world is data, not the work of somebody at a desk. Nothing
here is used by a running portal or desk.
"""
