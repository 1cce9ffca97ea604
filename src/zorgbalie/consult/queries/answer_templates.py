"""Standard answers of a practice and of one employee (REQ 45), and the same filled in for a patient."""

from datetime import datetime

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import Use
from zorgbalie.consult.models import AnswerTemplate as TemplateRow
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.answer_links import allowed_in
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.rules import fill_fields, open_field, salutation, template_version, text_parts
from zorgbalie.consult.types import (
    AnswerTemplate,
    AnswerTemplateId,
    AuthorKind,
    FilledTemplate,
    TextPart,
)
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.ui.formats import day_date
from zorgbalie.ui.roles import role_name

_MOST_OFFERED = 12
_MOST_LISTED = 100
_MOST_WORDS = 5
_MADE_UP = {"aanhef": "Beste mevrouw De Vries", "naam": "Anna de Vries", "onderwerp": "Pijn in mijn knie"}


def list_answer_templates(*, viewer: Viewer, search: str, page: int) -> Listing[AnswerTemplate]:
    """A page of standard answers by name: the practice's, and one's own. Raises NotAllowed. Audit: for a refusal."""
    rows = _matching(visible_templates(viewer=viewer, event="answer_templates.read"), search)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = rows.order_by("title", "pk")[bounds]
    return Listing(rows=tuple(_template(viewer, row) for row in shown), total=total, number=number)


def get_answer_template(*, viewer: Viewer, template_id: AnswerTemplateId) -> AnswerTemplate:
    """One standard answer. Raises NotAllowed, NotVisible (also for a colleague's own one)."""
    return _template(viewer, find_template_row(viewer=viewer, template_id=template_id, event="answer_templates.read"))


def preview_template(*, viewer: Viewer, text: str, now: datetime) -> tuple[TextPart, ...]:
    """A standard answer for a made-up patient, as that patient reads it. Raises NotAllowed."""
    practice_id = check_template_writer(viewer=viewer, event="answer_templates.read")
    filled = fill_fields(text=text, fields={**_own_fields(viewer, practice_id, now), **_MADE_UP})
    return preview_answer(viewer=viewer, text=filled)


def preview_answer(*, viewer: Viewer, text: str) -> tuple[TextPart, ...]:
    """A text as its reader gets it: the first line that stands out, and links (ux 40, 50). No patient data."""
    if viewer.practice_id is None:
        raise NotVisible("answer")
    return text_parts(text=text, allowed=allowed_in(practice_id=viewer.practice_id, texts=[text]))


def list_filled_templates(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, search: str, now: datetime
) -> tuple[tuple[FilledTemplate, ...], int]:
    """The first standard answers that match, filled in for this question, and how many match in all.

    Raises NotAllowed, NotVisible. Audit: `consult.fill_in`. Source: REQ 45.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event="consult.fill_in", now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    rows = _matching(_offered(viewer, grant.practice_id), search)
    fields = {**_own_fields(viewer, grant.practice_id, now), **_patient_fields(row, now)}
    texts = [(one, fill_fields(text=one.text, fields=fields)) for one in rows.order_by("title", "pk")[:_MOST_OFFERED]]
    allowed = allowed_in(practice_id=grant.practice_id, texts=[text for _one, text in texts])
    found = tuple(
        FilledTemplate(
            template_id=AnswerTemplateId(one.pk),
            title=one.title,
            text=text,
            parts=text_parts(text=text, allowed=allowed),
            is_personal=one.employee_id is not None,
        )
        for one, text in texts
    )
    return found, rows.count()


def list_start_texts(*, viewer: Viewer, now: datetime) -> tuple[tuple[AnswerTemplateId, str, str], ...]:
    """Standard answers to begin a message with: number, name and text, by name; one query.

    Fields of who writes are filled in; those of the patient stay, since a message of the practice fills them as it is
    sent. Raises NotAllowed. Looks at no patient data. Source: REQ 27, 45.
    """
    rows = visible_templates(viewer=viewer, event="answer_templates.read").order_by("title", "pk")[:_MOST_LISTED]
    if viewer.practice_id is None:
        raise NotVisible("answer_templates")
    fields = {**_own_fields(viewer, viewer.practice_id, now), **{name: f"{{{name}}}" for name in _MADE_UP}}
    return tuple((AnswerTemplateId(one.pk), one.title, fill_fields(text=one.text, fields=fields)) for one in rows)


def find_open_field(*, text: str) -> str:
    """The first field of ours that was not filled in, with its braces; empty for none."""
    return open_field(text=text)


def may_write(*, viewer: Viewer) -> tuple[bool, bool]:
    """Whether the viewer may keep standard answers of one's own, and of the practice."""
    return viewer.has_right(StaffRight.ANSWER_CONSULTS), viewer.has_right(StaffRight.MANAGE_PRACTICE)


def check_template_writer(*, viewer: Viewer, event: str) -> PracticeId:
    """The practice of who may work with standard answers. Raises NotAllowed, NotVisible. Audit: for the refusal."""
    if not any(may_write(viewer=viewer)):
        gate.check_right(viewer=viewer, right=StaffRight.ANSWER_CONSULTS, event=event)
    if viewer.practice_id is None:
        raise NotVisible("answer_templates")
    return viewer.practice_id


def visible_templates(*, viewer: Viewer, event: str) -> "QuerySet[TemplateRow]":
    """The rows that this viewer sees, for this app's actions. Raises NotAllowed."""
    return _offered(viewer, check_template_writer(viewer=viewer, event=event))


def find_template_row(*, viewer: Viewer, template_id: AnswerTemplateId, event: str, lock: bool = False) -> TemplateRow:
    """The row, for this app's actions. Raises NotAllowed, NotVisible."""
    rows = visible_templates(viewer=viewer, event=event)
    row = (rows.select_for_update() if lock else rows).filter(pk=template_id).first()
    if row is None:
        raise NotVisible("answer_template")
    return row


def may_change_row(viewer: Viewer, row: TemplateRow) -> bool:
    """Who may answer manages one's own standard answers; who manages the practice, the practice's."""
    own, of_practice = may_write(viewer=viewer)
    return of_practice if row.employee_id is None else own and row.employee_id == viewer.employee_id


def _offered(viewer: Viewer, practice_id: PracticeId) -> "QuerySet[TemplateRow]":
    """The practice's and the viewer's own. The second wall bounds this once more."""
    own = Q(employee__isnull=True) | Q(employee_id=viewer.employee_id or 0)
    return TemplateRow.objects.filter(own, practice_id=practice_id)


def _matching(rows: "QuerySet[TemplateRow]", search: str) -> "QuerySet[TemplateRow]":
    for word in search.replace("\0", "").split()[:_MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return rows


def _own_fields(viewer: Viewer, practice_id: PracticeId, now: datetime) -> dict[str, str]:
    card = practices.get_practice_card(practice_id=practice_id)
    return {
        "mijn_naam": viewer.name,
        "mijn_functie": role_name(viewer.role) if viewer.role else "",
        "praktijk": card.name,
        "telefoon": card.phone,
        "datum": day_date(value=local_date(now)),
    }


def _patient_fields(row: Consult, now: datetime) -> dict[str, str]:
    """Who is addressed is who wrote: the patient, or the parent or helper."""
    subject = row.subject or row.about_title
    profile = people.find_profile(person_id=PersonId(row.patient_id))
    if profile is None:
        raise NotVisible("person")
    if row.asked_by_id != row.patient_id:
        texts = ConsultMessage.objects.filter(consult=row, author_kind=AuthorKind.PATIENT)
        writer = texts.filter(author_person_id=row.asked_by_id).values_list("author_name", flat=True).first() or ""
        return {"aanhef": f"Beste {writer}" if writer else "", "naam": profile.full_name, "onderwerp": subject}
    begin = salutation(
        full_name=profile.full_name,
        prefix=profile.name_prefix,
        family_name=profile.family_name,
        sex=profile.sex,
        is_adult=age_group_on(profile.birth_date, local_date(now)) is AgeGroup.FROM_16,
    )
    return {"aanhef": begin, "naam": profile.full_name, "onderwerp": subject}


def _template(viewer: Viewer, row: TemplateRow) -> AnswerTemplate:
    return AnswerTemplate(
        template_id=AnswerTemplateId(row.pk),
        title=row.title,
        text=row.text,
        is_personal=row.employee_id is not None,
        may_change=may_change_row(viewer, row),
        version=template_version(title=row.title, text=row.text),
    )
