"""What a practice decided about questions."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgentSigns:
    """When to call 112, and when to call the practice at once (R17, ux 13)."""

    emergency: tuple[str, ...]
    urgent: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultRules:
    """What a practice tells before a question is asked (R17)."""

    adult: UrgentSigns
    child: UrgentSigns
    revision: int = 0
