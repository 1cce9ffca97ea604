"""Reading a FHIR resource from JSON text."""

import json
from typing import Any

from zorgbalie.exchange.types import BrokenFile
from zorgbalie.kernel.exact_json import parse_exact_json

MAX_DEPTH = 60
"""Levels within a file. FHIR resources stay below 20; what is deeper was made to break readers."""


def read_json(*, text: str, file: str) -> dict[str, Any]:
    """The resource in a text. Raises BrokenFile with line and column, or with the path in the JSON."""
    try:
        content = parse_exact_json(text)
    except json.JSONDecodeError as error:
        raise BrokenFile(f"not JSON: {error.msg}", place=f"{file}: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BrokenFile("nested too deep", place=file) from None
    except ValueError as error:
        raise BrokenFile(f"not JSON: {error}", place=file) from None
    if not isinstance(content, dict):
        raise BrokenFile("a FHIR resource is a JSON object", place=file)
    return content
