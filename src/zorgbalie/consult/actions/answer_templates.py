"""Standard answers are written, changed and removed (REQ 45). No patient data; the log names the act."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import AnswerTemplate
from zorgbalie.consult.queries.answer_templates import check_template_writer, find_template_row, may_change_row
from zorgbalie.consult.rules import template_version, unknown_field
from zorgbalie.consult.types import (
    ANSWER_FIELDS,
    LONGEST_QUESTION,
    LONGEST_TEMPLATE_TITLE,
    AnswerTemplateId,
    TemplateChanged,
    TemplateNotUsable,
    TemplateTitleTaken,
)
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.viewer import StaffRight, Viewer


def create_template(*, viewer: Viewer, title: str, text: str, is_personal: bool) -> AnswerTemplateId:
    """Keep a new standard answer, for oneself or for the whole practice; the same one twice is one.

    Raises NotAllowed (own: the right to answer; the practice's: to manage it), TemplateNotUsable, TemplateTitleTaken.
    Audit: `answer_template.create`.
    """
    event = "answer_template.create"
    practice_id = check_template_writer(viewer=viewer, event=event)
    gate.check_right(
        viewer=viewer, right=StaffRight.ANSWER_CONSULTS if is_personal else StaffRight.MANAGE_PRACTICE, event=event
    )
    title, text = check_template(title=title, text=text)
    owner = viewer.employee_id if is_personal else None
    row = AnswerTemplate(practice_id=practice_id, employee_id=owner)
    rows = AnswerTemplate.objects.filter(practice_id=practice_id)
    rows = rows.filter(employee_id=owner or 0) if is_personal else rows.filter(employee__isnull=True)
    same = rows.filter(title=title, text=text).values_list("pk", flat=True)
    known = same.first()
    if known:
        return AnswerTemplateId(known)
    try:
        return _save(viewer, row, (title, text), event, AuditAction.CREATE)
    except TemplateTitleTaken:  # perhaps by the other press of the same button (security row 48)
        known = same.first()
        if known is None:
            raise
        return AnswerTemplateId(known)


@transaction.atomic
def change_template(
    *, viewer: Viewer, template_id: AnswerTemplateId, title: str, text: str, version: str
) -> AnswerTemplateId:
    """Write a standard answer anew; `version` is the one that was on the screen.

    Raises NotAllowed, NotVisible, TemplateChanged, TemplateNotUsable, TemplateTitleTaken.
    Audit: `answer_template.change`.
    """
    event = "answer_template.change"
    row = _own_row(viewer, template_id, event)
    title, text = check_template(title=title, text=text)
    if (row.title, row.text) == (title, text):
        return template_id
    if template_version(title=row.title, text=row.text) != version:
        raise TemplateChanged(
            _("Iemand anders heeft dit antwoord net gewijzigd. Open het opnieuw. Er is niets bewaard.")
        )
    return _save(viewer, row, (title, text), event, AuditAction.UPDATE)


@transaction.atomic
def remove_template(*, viewer: Viewer, template_id: AnswerTemplateId) -> None:
    """Remove a standard answer. What was sent with it stays.

    Raises NotAllowed, NotVisible. Audit: `answer_template.remove`.
    """
    row = _own_row(viewer, template_id, "answer_template.remove")
    _log(viewer, row, "answer_template.remove", AuditAction.DELETE)
    row.delete()


def check_template(*, title: str, text: str) -> tuple[str, str]:
    """Title and text without space around them. Raises TemplateNotUsable, with the field that it is about."""
    title = " ".join(title.split())
    text = text.replace("\r\n", "\n").strip()
    if not title:
        raise TemplateNotUsable(_("Geef het antwoord een naam."), field="title")
    if len(title) > LONGEST_TEMPLATE_TITLE:
        raise TemplateNotUsable(_("Deze naam is te lang."), field="title")
    if not text:
        raise TemplateNotUsable(_("Schrijf de tekst van het antwoord."), field="text")
    if len(text) > LONGEST_QUESTION:
        raise TemplateNotUsable(_("Deze tekst is te lang."), field="text")
    wrong = unknown_field(text=text)
    if wrong:
        known = ", ".join(f"{{{one}}}" for one in ANSWER_FIELDS)
        raise TemplateNotUsable(
            _("%(field)s is geen veld. U kunt kiezen uit: %(known)s.") % {"field": wrong, "known": known},
            field="text",
        )
    return title, text


def _own_row(viewer: Viewer, template_id: AnswerTemplateId, event: str) -> AnswerTemplate:
    row = find_template_row(viewer=viewer, template_id=template_id, event=event)
    if not may_change_row(viewer, row):
        gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event=event)
        raise NotAllowed("answer_template")
    return find_template_row(viewer=viewer, template_id=template_id, event=event, lock=True)


def _save(
    viewer: Viewer, row: AnswerTemplate, words: tuple[str, str], event: str, action: AuditAction
) -> AnswerTemplateId:
    row.title, row.text = words
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TemplateTitleTaken(_("Er is al een antwoord met deze naam."), field="title") from error
    _log(viewer, row, event, action)
    return AnswerTemplateId(row.pk)


def _log(viewer: Viewer, row: AnswerTemplate, event: str, action: AuditAction) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=action,
        object_type="answer_template",
        object_id=row.pk,
        detail={"personal": row.employee_id is not None},
    )
