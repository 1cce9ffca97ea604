"""Rules of the administration that need no database."""

from collections.abc import Mapping

from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.practice.types import Facility, PracticeKind

_LONGEST = 120
# All of these are needed before a patient can read anything of the record (REQ 53; at a pharmacy REQ 79).
_ONLINE_FACILITIES = {
    PracticeKind.GP: frozenset({Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES}),
    PracticeKind.PHARMACY: frozenset({Facility.MEDICATION}),
}
_OFFERED = {
    PracticeKind.GP: tuple(Facility),
    PracticeKind.PHARMACY: (Facility.MEDICATION, Facility.ALLERGIES, Facility.E_CONSULT),
}


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, str | int | bool | list[int]]:
    """What changed, for the log: the names of the settings, and each value before and after."""
    changed = [name for name in after if before.get(name) != after[name]]
    lines: dict[str, str | int | bool | list[int]] = {"changed": ", ".join(changed)}
    for name in changed:
        lines[f"{name}.before"] = _short(before.get(name))
        lines[f"{name}.after"] = _short(after[name])
    return lines


def _short(value: object) -> str:
    if isinstance(value, frozenset | set | tuple | list):
        value = ", ".join(sorted(str(one) for one in value))
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def opens_record(facilities: frozenset[Facility], kind: PracticeKind) -> bool:
    """Whether patients of an account with these facilities can read something online (REQ 53, 79)."""
    return facilities >= _ONLINE_FACILITIES[kind]


def facilities_of(kind: PracticeKind) -> tuple[Facility, ...]:
    """What an account can switch on: a pharmacy keeps no lines of contacts and no measurements (REQ 79)."""
    return _OFFERED[kind]


def roles_of(kind: PracticeKind) -> tuple[StaffRole, ...]:
    """The functions that exist at a kind of practice: a pharmacy has no GP, so nobody there reads as one."""
    if kind is PracticeKind.PHARMACY:
        return (StaffRole.PHARMACIST, StaffRole.PHARMACY_ASSISTANT, StaffRole.MANAGER)
    return (StaffRole.GP, StaffRole.LOCUM, StaffRole.NURSE, StaffRole.ASSISTANT, StaffRole.MANAGER)
