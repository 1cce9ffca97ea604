"""JSON that keeps numbers as they were written: 5.40 stays 5.40, since in care the digits say how precise a value is.

`json` of the standard library makes floats of them. Sources: FHIR STU3 datatypes (decimal: "precision matters").
"""

import json
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

_LONGEST_INT = 18  # digits; longer ones become Decimal, which no reader is asked to turn into a binary number


def parse_exact_json(text: str) -> Any:
    """The value of a JSON text; an object that repeats a key becomes a `RepeatedKey`.

    Raises: json.JSONDecodeError with line and column; ValueError for NaN and Infinity; RecursionError when too deep.
    """
    return json.loads(
        text,
        parse_float=Decimal,
        parse_int=_integer,
        parse_constant=_refuse_constant,
        object_pairs_hook=_object,
    )


def dump_exact_json(value: Any, *, sort_keys: bool = False) -> str:
    """The JSON text of a value, on one line."""
    try:
        # The fast encoder knows no Decimal and says so; most resources hold none.
        return json.dumps(value, sort_keys=sort_keys, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except TypeError:
        return _dump(value, sort_keys)


class ExactJsonEncoder(json.JSONEncoder):
    """For a JSONField that keeps decimals."""

    def encode(self, o: Any) -> str:
        """The JSON text."""
        return dump_exact_json(o)


class ExactJsonDecoder(json.JSONDecoder):
    """For a JSONField that keeps decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal, "parse_int": _integer})


class RepeatedKey(dict[str, Any]):
    """An object in which one key stood twice: two readers would see two things, so its user refuses it."""

    repeated: str = ""


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_INT else Decimal(digits)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    marked = RepeatedKey(made)
    keys = [key for key, _ in pairs]
    marked.repeated = next(key for key in keys if keys.count(key) > 1)
    return marked


def _dump(value: Any, sort_keys: bool) -> str:
    if isinstance(value, dict):
        items = sorted(value.items()) if sort_keys else value.items()
        return "{" + ",".join(f"{encode_basestring(key)}:{_dump(item, sort_keys)}" for key, item in items) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_dump(item, sort_keys) for item in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return encode_basestring(value)
    return json.dumps(value, allow_nan=False)
