"""Looking at every value of a resource once: what cannot be stored or must not be misread is refused here.

Source: FHIR STU3 (strings hold no control characters; unknown modifier extensions must not be ignored); security
row 32.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zorgbalie.exchange.rules.json_file import MAX_DEPTH
from zorgbalie.kernel.exact_json import RepeatedKey

KNOWN_MODIFIERS = frozenset(
    {
        "http://nictiz.nl/fhir/StructureDefinition/zib-Medication-StopType",
        "http://nictiz.nl/fhir/StructureDefinition/zib-Medication-CopyIndicator",
        "http://nictiz.nl/fhir/StructureDefinition/zib-Medication-RepeatPeriodCyclicalSchedule",
    }
)
"""Modifier extensions that the mapping reads, or that change no more than the dosage text says already."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_DIGITS = 100
_MAX_EXPONENT = 400


class UnsafeContent(Exception):
    """A resource holds a value that cannot be stored as it is, or that changes its meaning in an unknown way."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@dataclass(slots=True)
class Findings:
    """What the look found: literal references with their paths."""

    references: list[tuple[str, str]] = field(default_factory=list)


def inspect(content: Mapping[str, Any]) -> Findings:
    """Look at every value. Raises UnsafeContent with the JSON path of the first that is not right."""
    findings = Findings()
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), content)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            raise UnsafeContent(path_text(path[:12]), "nested too deep")
        if isinstance(value, dict):
            _look_at_object(path, value, findings)
            waiting.extend(((*path, name), item) for name, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), item) for number, item in enumerate(value))
        elif isinstance(value, str):
            if _UNSTORABLE.search(value):
                raise UnsafeContent(path_text(path), "text with a character that cannot be stored")
        elif isinstance(value, Decimal) and not _is_sane(value):
            raise UnsafeContent(path_text(path), "a number out of all proportion")
    return findings


def path_text(path: tuple[str | int, ...]) -> str:
    """A path as people read it: `code.coding[0].system`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{_UNSTORABLE.sub('?', part[:60])}"
    return text.lstrip(".")


def _look_at_object(path: tuple[str | int, ...], value: dict[str, Any], findings: Findings) -> None:
    if isinstance(value, RepeatedKey):
        raise UnsafeContent(path_text((*path, value.repeated)), "the same key stands twice in one object")
    if any(_UNSTORABLE.search(name) for name in value):
        raise UnsafeContent(path_text(path), "a key with a character that cannot be stored")
    reference = value.get("reference")
    if isinstance(reference, str) and path:
        findings.references.append((path_text(path), reference))
    if "modifierExtension" in value:
        _check_modifiers((*path, "modifierExtension"), value["modifierExtension"])
    if value.get("implicitRules") and not path:
        raise UnsafeContent("implicitRules", "rules that are not known here change its meaning")


def _check_modifiers(path: tuple[str | int, ...], extensions: Any) -> None:
    for extension in extensions if isinstance(extensions, list) else [extensions]:
        url = extension.get("url") if isinstance(extension, dict) else None
        if not isinstance(url, str) or url not in KNOWN_MODIFIERS:
            raise UnsafeContent(path_text(path), "an unknown modifier extension changes its meaning")


def _is_sane(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= _MAX_EXPONENT and len(value.as_tuple().digits) <= _MAX_DIGITS
