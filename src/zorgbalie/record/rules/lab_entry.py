"""Pure rule of typed results: on which side of its bounds a value lies."""

from zorgbalie.record.types.lab_entry import TypedResult


def flag_of(*, result: TypedResult) -> str:
    """L or H (HL7 table 0078) for a number outside its bounds; empty within them, without them, and for `<` or `>`."""
    if result.number is None or result.comparator:
        return ""
    if result.low is not None and result.number < result.low:
        return "L"
    if result.high is not None and result.number > result.high:
        return "H"
    return ""
