"""The desk's inbox and work lists: items that care apps put there (REQ 41, 42, 55, 62, 63).

Owns: items, their state and who has them. Does not own: what an item is about; it holds a kind and a number, and the
face links to the page of that kind. Visible to staff of the practice alone.
"""
