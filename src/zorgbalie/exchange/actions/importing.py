"""Importing the dossier of one patient into the record of one practice: all or nothing.

Source: issue of the import; R13 (one line in the log, with counts); security rows 32, 39, 40, 64.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.types import AuditAction
from zorgbalie.exchange.actions.reading import read_dossier
from zorgbalie.exchange.rules.mapping import Known, Mapped, map_dossier
from zorgbalie.exchange.types import (
    Dossier,
    DossierRefused,
    ImportReport,
    Key,
    KindCount,
    Note,
    Refusal,
    Resource,
    WrongPatient,
)
from zorgbalie.kernel.bsn import InvalidBsn, parse_bsn
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, system_viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.lookup import find_practice_ids
from zorgbalie.record.actions import importing as record
from zorgbalie.record.types.importing import Change, ImportedDossier, SourceRow, StoredDossier

EVENT = "record.import"
_TASK = "import-dossier"


class _DryRun(Exception):
    """Takes everything back at the end of a dry run."""


def import_files(
    *, paths: Sequence[Path], practice: str, patient: str | None, dry_run: bool, now: datetime
) -> ImportReport:
    """Import files as the system's task. `practice` is an AGB code or id, `patient` a BSN or id.

    Raises: DossierRefused (BrokenFile, WrongPatient): nothing was stored. Audit: one line, `record.import`.
    """
    dossier = read_dossier(paths=paths)
    try:
        practice_id = find_practice(text=practice)
        patient_id = choose_patient(dossier=dossier, chosen=patient)
        viewer = system_viewer(task=_TASK, practice_id=practice_id, subject_id=patient_id)
        with unit_of_work(viewer):
            return import_dossier(
                viewer=viewer,
                dossier=dossier,
                patient_id=patient_id,
                practice_id=practice_id,
                dry_run=dry_run,
                now=now,
            )
    except (NotVisible, NotAllowed):
        raise WrongPatient("the gate refused it: this task has no leave for this patient") from None
    except DatabaseError as error:
        # The text of the database may hold a value of the dossier; its class says enough.
        raise DossierRefused(f"the database refused it ({type(error).__name__}); try again") from None


def import_dossier(
    *, viewer: Viewer, dossier: Dossier, patient_id: PersonId, practice_id: PracticeId, dry_run: bool, now: datetime
) -> ImportReport:
    """Import a dossier that was read, within a unit of work of `viewer`.

    Raises: WrongPatient when the patient is not enrolled; NotVisible or NotAllowed from the gate.
    """
    _check_enrolled(viewer, patient_id, practice_id)
    # The gate writes its line first; what came of the import is filled in before the unit of work stores it.
    detail: dict[str, str | int | bool | list[int]] = {"result": "failed", "dry_run": dry_run}
    grant = gate.open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.FULL_RECORD, use=Use.CHANGE,
        event=EVENT, now=now, object_type="dossier", detail=detail,
    )  # fmt: skip
    known = Known(sources=frozenset(record.list_source_digests(grant=grant)), rows=record.list_row_ids(grant=grant))
    mapped = map_dossier(incoming=dossier.resources, earlier=_earlier(grant, dossier), known=known)
    stored = _store(grant, dossier, mapped, dry_run, now)
    report = _report(grant, dossier, mapped, stored, known, dry_run)
    totals = Counter[str]()
    for count in report.kinds.values():
        totals.update({name: getattr(count, name) for name in ("found", "stored", "updated", "unchanged", "refused")})
    detail.update({"result": "dry run" if dry_run else "done", **totals})
    return report


def find_practice(*, text: str) -> PracticeId:
    """The practice with an AGB code (8 digits) or an id. Raises DossierRefused."""
    found = find_practice_ids(text=text) if re.fullmatch(r"[0-9]{1,18}", text, re.ASCII) else []
    if len(found) != 1:
        what = "no practice has" if not found else "more than one practice has"
        raise DossierRefused(f"{what} this AGB code or id", place="--practice")
    return found[0]


def choose_patient(*, dossier: Dossier, chosen: str | None) -> PersonId:
    """Whose record it becomes: by the BSN of the dossier, or by choice where that is masked; both must agree.

    Raises: WrongPatient. Source: security row 64 (never by name or birth date).
    """
    by_choice = _chosen(chosen) if chosen is not None else None
    if not dossier.patient.bsn:
        if by_choice is None:
            raise WrongPatient("the dossier holds no readable BSN; choose the patient with --patient")
        return by_choice
    by_bsn = people.find_person_for_bsn(bsn=parse_bsn(dossier.patient.bsn))
    if by_choice is not None and by_bsn != by_choice:
        raise WrongPatient("the BSN in the dossier is not that of the chosen patient", place="--patient")
    if by_bsn is None:
        raise WrongPatient("nobody is registered with the BSN in the dossier, or it was not verified")
    return by_bsn


def _chosen(text: str) -> PersonId:
    if not re.fullmatch(r"[0-9]{1,18}", text, re.ASCII):
        raise WrongPatient("neither a BSN nor an id", place="--patient")
    if len(text) != 9:
        return PersonId(int(text))
    try:
        found = people.find_person_for_bsn(bsn=parse_bsn(text))
    except InvalidBsn:
        raise WrongPatient("nine digits that are no BSN", place="--patient") from None
    if found is None:
        raise WrongPatient("nobody is registered with this BSN, or it was not verified", place="--patient")
    return found


def _check_enrolled(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId) -> None:
    if practices.find_relation(person_id=patient_id, practice_id=practice_id).enrolled:
        return
    gate.log_change(
        viewer=viewer, event=f"{EVENT}_refused", action=AuditAction.EXECUTE, object_type="dossier", object_id="",
        practice_id=practice_id, patient_id=patient_id, detail={"reason": "not enrolled"},
    )  # fmt: skip
    raise WrongPatient("the patient is not enrolled at this practice; enrol the patient first")


def _earlier(grant: Grant, dossier: Dossier) -> list[Resource]:
    """What earlier imports kept and these files do not repeat: either may name the other."""
    left_out = {resource.key for resource in dossier.resources}
    return [
        Resource(
            kind=row.resource_type,
            source_id=row.source_id,
            content=row.content,
            digest=row.digest,
            place="an earlier import",
        )
        for row in record.list_source_contents(grant=grant, without=left_out)
    ]


def _store(grant: Grant, dossier: Dossier, mapped: Mapped, dry_run: bool, now: datetime) -> StoredDossier:
    sources = tuple(
        SourceRow(
            resource_type=resource.kind,
            source_id=resource.source_id,
            digest=resource.digest,
            content=resource.content,
        )
        for resource in dossier.resources
        if resource.key not in mapped.refused
    )
    batch = ImportedDossier(
        sources=sources,
        rows={table: tuple(rows.values()) for table, rows in mapped.rows.items()},
        withdrawn=frozenset(mapped.withdrawn),
    )
    try:
        with transaction.atomic():
            stored = record.store_dossier(grant=grant, dossier=batch, now=now)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return stored
    return stored


def _report(
    grant: Grant, dossier: Dossier, mapped: Mapped, stored: StoredDossier, known: Known, dry_run: bool
) -> ImportReport:
    refusals = (*dossier.refusals, *mapped.refused.values())
    rows: dict[str, Counter[str]] = {}
    for (table, _source_id), change in stored.rows.items():
        rows.setdefault(table, Counter())[change] += 1
    return ImportReport(
        files=dossier.files,
        practice_id=grant.practice_id,
        patient_id=grant.patient_id,
        dry_run=dry_run,
        kinds=_count(dossier, mapped, stored, refusals),
        rows={table: dict(counts) for table, counts in rows.items()},
        refusals=refusals,
        dangling=_dangling(dossier, known),
        notes=(*dossier.notes, *_about_patient(grant, dossier), *_repeated(dossier), *mapped.notes),
        original_only={kind: dict(counts) for kind, counts in sorted(mapped.original_only.items())},
    )


def _count(
    dossier: Dossier, mapped: Mapped, stored: StoredDossier, refusals: Sequence[Refusal]
) -> dict[str, KindCount]:
    """Per kind what became of each resource; one whose row changed through another resource counts as updated."""
    changed_rows = {
        mapped.owners[row]
        for row, change in stored.rows.items()
        if change is not Change.UNCHANGED and row in mapped.owners
    }
    counts: dict[str, KindCount] = {}
    for refusal in refusals:
        count = counts.setdefault(refusal.kind, KindCount())
        count.found += 1
        count.refused += 1
    for resource in dossier.resources:
        if resource.key not in stored.sources:
            continue
        count = counts.setdefault(resource.kind, KindCount())
        count.found += 1
        change = stored.sources[resource.key]
        if change is Change.UNCHANGED and resource.key in changed_rows:
            change = Change.UPDATED
        setattr(count, change.value, getattr(count, change.value) + 1)
    return counts


def _dangling(dossier: Dossier, known: Known) -> tuple[Note, ...]:
    """Literal references of these files to what is neither in them nor in earlier imports."""
    present = known.sources | {resource.key for resource in dossier.resources}
    urls = {resource.full_url for resource in dossier.resources if resource.full_url}
    found: list[Note] = []
    for resource in dossier.resources:
        for path, reference in dossier.references.get(resource.key, ()):
            if not _leads_somewhere(reference, present, urls):
                text = f"{path} leads to {reference[:120]}, which is not in the dossier"
                found.append(Note(kind=resource.kind, source_id=resource.source_id, place=resource.place, text=text))
    return tuple(found)


_TAIL = re.compile(r"(?:.*/)?([A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[^/]+)?", re.DOTALL)


def _leads_somewhere(reference: str, present: frozenset[Key] | set[Key], urls: set[str]) -> bool:
    if reference.startswith("#") or reference in urls:
        return True
    tail = _TAIL.fullmatch(reference)
    return tail is not None and (tail.group(1), tail.group(2)) in present


def _about_patient(grant: Grant, dossier: Dossier) -> list[Note]:
    """Whether what the files say of the patient is like the register; the register is not changed by an import."""
    birth_date = people.find_birth_date(person_id=PersonId(grant.patient_id))
    stated = dossier.patient.birth_date
    if not dossier.patient.has_resource:
        text = "is not in these files; whose they are rests on the choice alone"
    elif stated and birth_date and not birth_date.isoformat().startswith(stated):
        text = "has another birth date than the chosen patient: check that this is the right patient"
    else:
        return []
    return [Note(kind="Patient", source_id="", place="", text=text)]


def _repeated(dossier: Dossier) -> list[Note]:
    return [
        Note(kind=kind, source_id="", place="", text=f"{count} stood more than once, alike; counted once")
        for kind, count in dossier.repeated.items()
    ]
