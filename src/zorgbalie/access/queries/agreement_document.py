"""The agreement as a PDF that the patient keeps (REQ 4, 5)."""

from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access.queries.agreements import find_agreement
from zorgbalie.access.types import AgreementCard, DataKind
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices


def render_my_agreement(*, viewer: Viewer, practice_id: PracticeId, now: datetime) -> bytes:
    """The PDF of the patient's own agreement, signed or ended; in Dutch, the language in which it holds.

    Raises NotVisible, also while the patient has not signed. Audit: `agreement.read`.
    """
    if viewer.subject_id is None:
        raise NotVisible(DataKind.AGREEMENT)
    found = find_agreement(viewer=viewer, patient_id=viewer.subject_id, practice_id=practice_id, now=now)
    if found is None or found.patient_signed_at is None:
        raise NotVisible(DataKind.AGREEMENT)
    patient = people.list_names(person_ids=[found.patient_id])[found.patient_id].full_name
    practice = practices.get_practice_card(practice_id=practice_id).name
    with override("nl"):
        return render_pdf(template="access/agreement", data=_data(found, patient, practice), now=now)


def _data(found: AgreementCard, patient: str, practice: str) -> dict[str, object]:
    words = found.words
    parts = [
        (_("Dit mag u"), words.patient_rights),
        (_("Dit doet u"), words.patient_duties),
        (_("Dit mag de praktijk"), words.practice_rights),
        (_("Dit doet de praktijk"), words.practice_duties),
    ]
    return {
        "language": "nl",
        "title": words.title,
        "sender": practice,
        "footer": practice,
        "page_words": [_("Pagina"), _("van")],
        "version": _("Versie %(version)s, van %(day)s. Tussen %(patient)s en %(practice)s.")
        % {
            "version": words.version,
            "day": _day(words.published_at),
            "patient": patient,
            "practice": practice,
        },
        "parts": [
            {"title": title, "paragraphs": [line for line in text.splitlines() if line.strip()]}
            for title, text in parts
        ],
        "signatures_title": _("Handtekeningen"),
        "signatures": [
            [_("Patiënt"), _patient_line(found, patient)],
            [_("Praktijk"), _practice_line(found, practice)],
        ],
        "ended": _("Deze afspraken zijn beëindigd op %(day)s.") % {"day": _day(found.ended_at)}
        if found.ended_at
        else "",
    }


def _patient_line(found: AgreementCard, patient: str) -> str:
    line = _("%(name)s, op %(day)s, ingelogd met DigiD %(level)s") % {
        "name": found.patient_signer_name or _("Iemand die de patiënt helpt"),
        "day": _day(found.patient_signed_at),
        "level": found.patient_signer_level.capitalize(),
    }
    return (
        line
        if found.patient_signer_name == patient
        else _("%(line)s, namens %(patient)s")
        % {
            "line": line,
            "patient": patient,
        }
    )


def _practice_line(found: AgreementCard, practice: str) -> str:
    if found.practice_signed_at is None:
        return _("nog niet ondertekend")
    return _("%(name)s namens %(practice)s, op %(day)s") % {
        "name": found.practice_signer_name,
        "practice": practice,
        "day": _day(found.practice_signed_at),
    }


def _day(moment: datetime | None) -> str:
    return formats.date_format(local_date(moment), "j F Y") if moment else ""
