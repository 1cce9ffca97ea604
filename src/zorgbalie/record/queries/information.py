"""The pages on other websites that go with an item of the patient's own record (REQ 19, 81).

The item passes the gate as on its own page; then its code and name, never more, choose the links. Nothing is fetched.
All raise NotVisible alike for what is not open, not shown and not there. Audit: `record.read`, as for the item itself.
"""

from dataclasses import replace
from datetime import datetime

from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EpisodeId, ObservationId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.knowledge.queries.links import list_links_for, list_pages_for
from zorgbalie.knowledge.types import Code, CodeSystem, ItemKind
from zorgbalie.people import queries as people
from zorgbalie.record.models import Medication, RecordRow
from zorgbalie.record.queries import patient_home, shown_scope
from zorgbalie.record.queries.patient_record import open_scope
from zorgbalie.record.types.desk import DeskRow, RecordPart
from zorgbalie.record.types.information import ItemInformation
from zorgbalie.record.types.shown import Slice

_G_STANDAARD = "urn:oid:2.16.840.1.113883.2.4.4."
# As the sources of records name them; compared by how they end, since one system goes by several names.
_SYSTEMS = {
    f"{_G_STANDAARD}1": CodeSystem.GPK,
    f"{_G_STANDAARD}10": CodeSystem.PRK,
    f"{_G_STANDAARD}7": CodeSystem.HPK,
    f"{_G_STANDAARD}30.45": CodeSystem.NHG45,
    "https://referentiemodel.nhg.org/tabellen/nhg-tabel-45-diagnostische-bepalingen": CodeSystem.NHG45,
    "http://www.whocc.no/atc": CodeSystem.ATC,
    "urn:oid:2.16.840.1.113883.6.73": CodeSystem.ATC,
}


def get_episode_information(*, viewer: Viewer, episode_id: EpisodeId, now: datetime) -> ItemInformation:
    """About a complaint or condition, by its ICPC code or its name."""
    practice_id = patient_home.check_record_practice(viewer=viewer)
    scope = open_scope(viewer=viewer, practice_id=practice_id, kinds=[DataKind.EPISODES], now=now)
    row = shown_scope.episode_rows(scope=scope).filter(pk=episode_id).first()
    if row is None:
        raise NotVisible("episode")
    return _information(viewer, practice_id, ItemKind.CONDITION, row, Code(CodeSystem.ICPC1, row.icpc_code))


def get_value_information(*, viewer: Viewer, observation_id: ObservationId, now: datetime) -> ItemInformation:
    """About a measurement or result, by its code or its name."""
    practice_id = patient_home.check_record_practice(viewer=viewer)
    scope = open_scope(viewer=viewer, practice_id=practice_id, kinds=[DataKind.OBSERVATIONS], now=now)
    row = shown_scope.observation_rows(scope=scope).filter(pk=observation_id).first()
    if row is None:
        raise NotVisible("observation")
    # A code without a system is one of the Dutch table: that is what GP systems keep.
    system = _SYSTEMS.get(row.code_system) if row.code_system else CodeSystem.NHG45
    return _information(viewer, practice_id, ItemKind.RESULT, row, Code(system, row.code) if system else None)


def get_medicine_information(*, viewer: Viewer, medication_id: int, now: datetime) -> ItemInformation:
    """About a medicine in use, by its code or its name, of whichever practice keeps it."""
    practice_id = _practice_of_medicine(viewer, medication_id)
    scope = open_scope(viewer=viewer, practice_id=practice_id, kinds=[DataKind.MEDICATION], now=now)
    row = shown_scope.medication_rows(scope=scope).filter(pk=medication_id).first()
    if row is None:
        raise NotVisible("medication")
    system = _SYSTEMS.get(row.code_system)
    return _information(viewer, practice_id, ItemKind.MEDICINE, row, Code(system, row.code) if system else None)


def with_pages(*, part: RecordPart, practice_id: PracticeId, rows: Slice[DeskRow]) -> Slice[DeskRow]:
    """Rows of the desk's record with the loaded pages of their code, for staff who pass one on (REQ 47)."""
    if part is not RecordPart.EPISODES:
        return rows
    codes = {Code(CodeSystem.ICPC1, row.extra) for row in rows.items}
    found = list_pages_for(practice_id=practice_id, kind=ItemKind.CONDITION, codes=codes)
    items = tuple(replace(row, information=found[Code(CodeSystem.ICPC1, row.extra)]) for row in rows.items)
    return replace(rows, items=items)


def _practice_of_medicine(viewer: Viewer, medication_id: int) -> PracticeId:
    """Whose list it is on, so that the log names that practice alone. What is not there is asked of the first."""
    rows = Medication.objects.filter(pk=medication_id, patient_id=check_subject(viewer))
    found = rows.values_list("practice_id", flat=True).first()
    if found is not None:
        return PracticeId(found)
    kept_by = patient_home.find_record_practice(viewer=viewer)
    if kept_by is None:
        raise NotVisible("medication")
    return kept_by.practice_id


def _information(
    viewer: Viewer, practice_id: PracticeId, kind: ItemKind, row: RecordRow, code: Code | None
) -> ItemInformation:
    title: str = row.title  # type: ignore[attr-defined]  # each of the three kinds has one
    links = list_links_for(
        practice_id=practice_id, kind=kind, title=title, codes=[code] if code else (), unsaid=_names(viewer, row)
    )
    return ItemInformation(title=title, links=links)


def _names(viewer: Viewer, row: RecordRow) -> list[str]:
    """Who may not be named to another website: the patient, who looks for the patient, and who wrote it down."""
    subject = people.list_names(person_ids=[check_subject(viewer)]).values()
    return [viewer.name, row.author_name, *(one.full_name for one in subject)]
