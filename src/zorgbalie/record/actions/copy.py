"""A copy of the record with an explanation: `publiceer en verwerk` (REQ 23, 66; BW 7:456)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zorgbalie.access.actions import requests
from zorgbalie.access.types import Grant
from zorgbalie.audit.scope import deed
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.queries import copy as source
from zorgbalie.record.queries import shown_scope
from zorgbalie.record.queries.candidates import value_text
from zorgbalie.record.types.desk import CopyNotUsable, CopyWish, RecordPart
from zorgbalie.record.types.shown import SaidKind, ShownContact
from zorgbalie.ui.formats import day_date

LONGEST_EXPLANATION = 800


@deed()
def publish_copy(*, viewer: Viewer, patient_id: PersonId, wish: CopyWish, now: datetime) -> bool:
    """Decide on a copy: a request that waits is answered with it, and the patient reads the explanation.

    Returns whether a request was closed. Raises CopyNotUsable, RequestDecided, NotAllowed, NotVisible. Audit:
    `record.copy_published`, `request.refuse`. Source: REQ 23, 66.
    """
    check_wish(wish=wish)
    with transaction.atomic():
        source.open_for_copy(
            viewer=viewer, patient_id=patient_id, event="record.copy_published", now=now, **_detail(wish)
        )
        request_id = source.waiting_request(viewer=viewer, patient_id=patient_id, now=now)
        if request_id is None:
            return False
        reason = _("U krijgt een kopie van uw dossier.") + " " + wish.explanation.strip()
        requests.refuse_request(viewer=viewer, request_id=request_id, reason=reason, now=now)
        return True


def make_copy(*, viewer: Viewer, patient_id: PersonId, wish: CopyWish, now: datetime) -> bytes:
    """The copy as a PDF, in the patient's language. Each one made is a line in the log.

    Raises CopyNotUsable, NotAllowed, NotVisible, PdfFailed. Audit: `record.copy`. Source: REQ 23, 66; R3.
    """
    check_wish(wish=wish)
    grant = source.open_for_copy(viewer=viewer, patient_id=patient_id, event="record.copy", now=now, **_detail(wish))
    person = people.list_names(person_ids=[patient_id])[patient_id]
    practice = practices.get_practice_card(practice_id=grant.practice_id)
    with translation.override(person.language):
        data: dict[str, object] = {
            "language": person.language,
            "title": _("Kopie van uw medisch dossier"),
            "sender": practice.name,
            "page_words": [_("Pagina"), _("van")],
            "facts": [
                [_("Naam"), person.full_name],
                [_("Geboortedatum"), day_date(value=person.birth_date)],
                [_("Datum van deze kopie"), day_date(value=local_date(now))],
                [_("Telefoon van de praktijk"), practice.phone],
            ],
            "explanation_title": _("Uitleg van uw praktijk"),
            "explanation": wish.explanation.strip(),
            "parts": list(_parts(grant, wish, now)),
            "closing": _("Heeft u een vraag over deze kopie, of klopt er iets niet? Bel uw praktijk."),
        }
    return render_pdf(template="record/copy", data=data, now=now)


def check_wish(*, wish: CopyWish) -> None:
    """Raises CopyNotUsable for a copy of nothing, or one without words for the patient."""
    words = wish.explanation.strip()
    if not wish.parts.intersection(source.COPY_PARTS):
        raise CopyNotUsable(_("Kies minstens één onderdeel."), field="parts")
    if not words or len(words) > LONGEST_EXPLANATION:
        raise CopyNotUsable(_("Schrijf een uitleg voor de patiënt, van hoogstens 800 tekens."), field="explanation")


def _detail(wish: CopyWish) -> dict[str, str | bool]:
    return {"parts": ",".join(sorted(wish.parts)), "with_so": wish.with_so}


def _parts(grant: Grant, wish: CopyWish, now: datetime) -> Iterable[dict[str, object]]:
    scope = source.copy_scope(grant=grant, now=now)
    for part in source.parts_of(grant=grant):
        if part not in wish.parts:
            continue
        if part is RecordPart.CONTACTS:
            yield _contacts_part(source.list_contacts(grant=grant, scope=scope, with_so=wish.with_so))
        else:
            yield _table_part(part, grant, scope)
    own = _said_part(grant, scope)
    if own["rows"]:
        yield own


def _said_part(grant: Grant, scope: shown_scope.Scope) -> dict[str, object]:
    """Own words of the patient and corrections, in each copy (BW 7:454 lid 2; AVG 16)."""
    names = {SaidKind.STATEMENT: _("Eigen tekst"), SaidKind.CORRECTION: _("Correctie")}
    rows = [
        [_day(words.day), names[words.kind], about or _("het hele dossier"), words.text]
        for words, about in source.said_rows(grant=grant, scope=scope)
    ]
    columns = [_("Datum"), _("Soort"), _("Gaat over"), _("Tekst")]
    return {"title": _("Eigen teksten en correcties"), "columns": columns, "rows": rows, "empty": ""}


def _contacts_part(found: list[ShownContact]) -> dict[str, object]:
    names = {"S": _("Klacht (S)"), "O": _("Onderzoek (O)"), "E": _("Conclusie (E)"), "P": _("Plan (P)")}
    contacts = [
        {
            "title": " · ".join(part for part in (day_date(value=one.day), one.kind_title) if part),
            "by": ", ".join(part for part in (one.author_name, one.author_role, one.reason) if part),
            "lines": [[names[line.soep], line.text, line.episode_title] for line in one.lines],
        }
        for one in found
    ]
    return {
        "title": _("Contacten"),
        "contacts": contacts,
        "columns": [_("Soort"), _("Tekst"), _("Hoort bij")],
        "empty": _("Hier is niets genoteerd."),
    }


def _table_part(part: RecordPart, grant: Grant, scope: shown_scope.Scope) -> dict[str, object]:
    title, columns, rows = {
        RecordPart.EPISODES: _episodes,
        RecordPart.VALUES: _values,
        RecordPart.ALLERGIES: _allergies,
        RecordPart.MEDICINES: _medicines,
        RecordPart.NOTES: _notes,
    }[part](grant, scope)
    return {"title": title, "columns": columns, "rows": rows, "empty": _("Hier is niets genoteerd.")}


_Table = tuple[str, list[str], list[list[str]]]


def _episodes(grant: Grant, scope: shown_scope.Scope) -> _Table:
    rows = shown_scope.episode_rows(scope=scope).order_by("-start_date", "-pk")
    cells = [[row.title, row.icpc_code, _day(row.start_date), _day(row.end_date)] for row in rows]
    return _("Klachten en ziektes"), [_("Naam"), _("Code"), _("Begonnen"), _("Voorbij")], cells


def _values(grant: Grant, scope: shown_scope.Scope) -> _Table:
    rows = shown_scope.observation_rows(scope=scope).order_by("-observed_on", "title", "-pk")
    cells = [[_day(row.observed_on), row.title, value_text(row=row), row.remark] for row in rows]
    return _("Metingen en uitslagen"), [_("Datum"), _("Meting"), _("Waarde"), _("Opmerking")], cells


def _allergies(grant: Grant, scope: shown_scope.Scope) -> _Table:
    rows = shown_scope.allergy_rows(scope=scope).order_by("-start_date", "-pk")
    cells = [[row.title, _day(row.start_date), row.reaction, row.remark] for row in rows]
    return _("Allergieën"), [_("Naam"), _("Sinds"), _("Wat er gebeurt"), _("Opmerking")], cells


def _medicines(grant: Grant, scope: shown_scope.Scope) -> _Table:
    cells = [[row.title, row.dosage, _day(row.start_date), _day(row.end_date)] for row in source.medicines(grant=grant)]
    return _("Medicijnen"), [_("Naam"), _("Gebruik"), _("Begonnen"), _("Gestopt")], cells


def _notes(grant: Grant, scope: shown_scope.Scope) -> _Table:
    cells = [[_day(row.shared_on), row.author_name, row.about, row.text] for row in source.notes(grant=grant)]
    return _("Gedeelde notities"), [_("Datum"), _("Door"), _("Over"), _("Tekst")], cells


def _day(value: date | None) -> str:
    return day_date(value=value) if value else ""
