"""A record with something of each kind, and short ways to make choices in it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.conftest import acting
from tests.factories import world
from zorgbalie.record.actions.release import release_record
from zorgbalie.record.actions.visibility import change_visibility
from zorgbalie.record.queries.release import NO_CHOICE, get_cockpit
from zorgbalie.record.types.desk import Choice, ItemKind, ItemRef


@dataclass
class Dossier:
    """A patient who asked to read a record: two episodes with S, O, E and P lines, values, an allergy, a medicine."""

    patient: Any
    practice: Any
    employee: Any
    viewer: Any
    request: Any
    rows: dict[str, Any] = field(default_factory=dict)

    def ref(self, name: str) -> ItemRef:
        kinds = {
            "Episode": ItemKind.EPISODE, "Encounter": ItemKind.CONTACT, "JournalEntry": ItemKind.LINE,
            "Observation": ItemKind.VALUE, "Allergy": ItemKind.ALLERGY, "Medication": ItemKind.MEDICINE,
        }  # fmt: skip
        row = self.rows[name]
        return ItemRef(kinds[type(row).__name__], row.pk)

    def choice(self, *hide: str, show: tuple[str, ...] = ()) -> Choice:
        return Choice(hide=frozenset(map(self.ref, hide)), show=frozenset(map(self.ref, show)))


def make_dossier(*, state: str = "asked", signed: bool = True, **person: Any) -> Dossier:
    practice = world.make_practice()
    patient = world.make_person(**person)
    world.enrol(patient, practice, world.make_account(practice))
    if signed:
        world.sign_agreement(patient, practice)
    request = world.release_record(patient, practice, state=state, decided_at=None)
    employee = world.make_employee(practice)
    one = world.make_episode(patient, practice, title="Kanarie-hoofdpijn")
    two = world.make_episode(patient, practice, title="Gewone knie")
    first = world.make_encounter(patient, practice, started_on=date(2026, 6, 1))
    second = world.make_encounter(patient, practice, started_on=date(2026, 7, 1))
    rows = {"one": one, "two": two, "first": first, "second": second}
    for soep in "SOEP":
        rows[f"one_{soep}"] = world.make_entry(first, one, soep, text=f"Kanarie-{soep}-een")
        rows[f"two_{soep}"] = world.make_entry(second, two, soep, text=f"Gewoon-{soep}-twee")
    rows["value"] = world.make_observation(patient, practice)
    rows["allergy"] = world.make_allergy(patient, practice, title="Penicilline")
    rows["medicine"] = world.make_medication(patient, practice)
    return Dossier(patient, practice, employee, world.viewer_of_employee(employee), request, rows)


def look(dossier: Dossier, now: Any, choice: Choice = NO_CHOICE, viewer: Any = None) -> Any:
    viewer = viewer or dossier.viewer
    with acting(viewer):
        return get_cockpit(viewer=viewer, patient_id=dossier.patient.pk, choice=choice, now=now)


def release(dossier: Dossier, now: Any, choice: Choice = NO_CHOICE, viewer: Any = None, **values: Any) -> Any:
    viewer = viewer or dossier.viewer
    digest = values.pop("digest", None) or look(dossier, now, choice).digest
    with acting(viewer):
        return release_record(
            viewer=viewer, request_id=dossier.request.pk, choice=choice, digest=digest, now=now,
            **{"reason": "privacygevoelig", **values},
        )  # fmt: skip


def change(dossier: Dossier, now: Any, choice: Choice, viewer: Any = None, **values: Any) -> Any:
    viewer = viewer or dossier.viewer
    digest = values.pop("digest", None) or look(dossier, now, choice).digest
    with acting(viewer):
        return change_visibility(
            viewer=viewer, patient_id=dossier.patient.pk, choice=choice, digest=digest, now=now,
            **{"reason": "privacygevoelig", **values},
        )  # fmt: skip
