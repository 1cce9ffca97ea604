"""What every room may lean on: viewer, ids, errors, clock, ages, BSN. Plain Python: no Django, no tables."""
