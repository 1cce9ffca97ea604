"""Template letters are written, changed and removed (REQ 45, 64). No patient data; the log names the act."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.record.models import ReplyTemplate
from zorgbalie.record.queries.letters import check_writer, find_letter_row, may_change_row
from zorgbalie.record.rules.writing import letter_version, unknown_field
from zorgbalie.record.types.writing import (
    LETTER_FIELDS,
    LONGEST_LETTER,
    LONGEST_TITLE,
    LetterChanged,
    LetterId,
    LetterNotUsable,
    LetterTexts,
    LetterTitleTaken,
)


def create_letter(*, viewer: Viewer, texts: LetterTexts, is_personal: bool) -> LetterId:
    """Keep a new letter, for oneself or for the whole practice; the same one twice is one.

    Raises NotAllowed (own: the right to publish results; the practice's: to manage it), LetterNotUsable,
    LetterTitleTaken. Audit: `letter.create`.
    """
    practice_id = check_writer(viewer=viewer, event="letter.create")
    right = StaffRight.PUBLISH_RESULTS if is_personal else StaffRight.MANAGE_PRACTICE
    gate.check_right(viewer=viewer, right=right, event="letter.create")
    texts = check_letter(texts=texts)
    row = ReplyTemplate(practice_id=practice_id, employee_id=viewer.employee_id if is_personal else None)
    rows = ReplyTemplate.objects.filter(practice_id=practice_id)
    rows = rows.filter(employee_id=viewer.employee_id or 0) if is_personal else rows.filter(employee__isnull=True)
    same = rows.filter(title=texts.title, conclusion=texts.conclusion, advice=texts.advice)
    known = same.values_list("pk", flat=True).first()
    if known:
        return LetterId(known)
    try:
        return _save(viewer, row, texts, "letter.create", AuditAction.CREATE)
    except LetterTitleTaken:  # perhaps by the other press of the same button (security row 48)
        known = same.values_list("pk", flat=True).first()
        if known is None:
            raise
        return LetterId(known)


@transaction.atomic
def change_letter(*, viewer: Viewer, letter_id: LetterId, texts: LetterTexts, version: str) -> LetterId:
    """Write a letter anew; `version` is the one that was on the screen.

    Raises NotAllowed, NotVisible, LetterChanged, LetterNotUsable, LetterTitleTaken. Audit: `letter.change`.
    """
    row = _own_row(viewer, letter_id, "letter.change")
    texts = check_letter(texts=texts)
    if (row.title, row.conclusion, row.advice) == (texts.title, texts.conclusion, texts.advice):
        return letter_id
    if letter_version(title=row.title, conclusion=row.conclusion, advice=row.advice) != version:
        raise LetterChanged(_("Iemand anders heeft deze brief net gewijzigd. Open hem opnieuw. Er is niets bewaard."))
    return _save(viewer, row, texts, "letter.change", AuditAction.UPDATE)


@transaction.atomic
def remove_letter(*, viewer: Viewer, letter_id: LetterId) -> None:
    """Remove a letter. What was published with it stays. Raises NotAllowed, NotVisible. Audit: `letter.remove`."""
    row = _own_row(viewer, letter_id, "letter.remove")
    _log(viewer, row, "letter.remove", AuditAction.DELETE)
    row.delete()


def check_letter(*, texts: LetterTexts) -> LetterTexts:
    """The texts without space around them. Raises LetterNotUsable, with the field that it is about."""
    title = " ".join(texts.title.split())
    if not title:
        raise LetterNotUsable(_("Geef de brief een naam."), field="title")
    if len(title) > LONGEST_TITLE:
        raise LetterNotUsable(_("Deze naam is te lang."), field="title")
    if not texts.conclusion.strip():
        raise LetterNotUsable(_("Schrijf de tekst voor de conclusie."), field="conclusion")
    for name, text in (("conclusion", texts.conclusion), ("advice", texts.advice)):
        if len(text) > LONGEST_LETTER:
            raise LetterNotUsable(_("Deze tekst is te lang."), field=name)
        wrong = unknown_field(text=text)
        if wrong:
            known = ", ".join(f"{{{one}}}" for one in LETTER_FIELDS)
            raise LetterNotUsable(
                _("%(field)s is geen veld. U kunt kiezen uit: %(known)s.") % {"field": wrong, "known": known},
                field=name,
            )
    return LetterTexts(title=title, conclusion=texts.conclusion.strip(), advice=texts.advice.strip())


def _own_row(viewer: Viewer, letter_id: LetterId, event: str) -> ReplyTemplate:
    row = find_letter_row(viewer=viewer, letter_id=letter_id, event=event)
    if not may_change_row(viewer, row):
        gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event=event)
        raise NotAllowed("letter")
    return find_letter_row(viewer=viewer, letter_id=letter_id, event=event, lock=True)


def _save(viewer: Viewer, row: ReplyTemplate, texts: LetterTexts, event: str, action: AuditAction) -> LetterId:
    row.title, row.conclusion, row.advice = texts.title, texts.conclusion, texts.advice
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise LetterTitleTaken(_("Er is al een brief met deze naam."), field="title") from error
    _log(viewer, row, event, action)
    return LetterId(row.pk)


def _log(viewer: Viewer, row: ReplyTemplate, event: str, action: AuditAction) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=action,
        object_type="letter",
        object_id=row.pk,
        detail={"personal": row.employee_id is not None},
    )
