"""Template letters of a practice and of one employee (REQ 45, 64). No patient data: a letter is about nobody yet."""

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import ReplyTemplate
from zorgbalie.record.rules.lab import fill_template
from zorgbalie.record.rules.writing import letter_version
from zorgbalie.record.types.writing import Letter, LetterId, LetterTexts

_MADE_UP = {"naam": "Anna de Vries", "datum": "3 maart 2026"}


def list_letters(*, viewer: Viewer, search: str, page: int) -> Listing[Letter]:
    """A page of letters by name: the practice's, and one's own. Raises NotAllowed. Audit: only for a refusal."""
    rows = visible_letters(viewer=viewer, event="letters.read")
    for word in search.replace("\0", "").split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(conclusion__icontains=word) | Q(advice__icontains=word))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = rows.order_by("title", "pk")[bounds]
    return Listing(rows=tuple(_letter(viewer, row) for row in shown), total=total, number=number)


def get_letter(*, viewer: Viewer, letter_id: LetterId) -> Letter:
    """One letter. Raises NotAllowed, NotVisible (also for a colleague's own one)."""
    return _letter(viewer, find_letter_row(viewer=viewer, letter_id=letter_id, event="letters.read"))


def preview_letter(*, viewer: Viewer, texts: LetterTexts) -> LetterTexts:
    """The letter for a made-up patient, with the viewer's own practice and name. Raises NotAllowed."""
    practice_id = check_writer(viewer=viewer, event="letters.read")
    card = practices.get_practice_card(practice_id=practice_id)
    fields = {**_MADE_UP, "praktijk": card.name, "telefoon": card.phone, "arts": viewer.name}
    return LetterTexts(
        title=texts.title,
        conclusion=fill_template(text=texts.conclusion, fields=fields),
        advice=fill_template(text=texts.advice, fields=fields),
    )


def may_write(*, viewer: Viewer) -> tuple[bool, bool]:
    """Whether the viewer may keep letters of one's own, and letters of the practice."""
    return viewer.has_right(StaffRight.PUBLISH_RESULTS), viewer.has_right(StaffRight.MANAGE_PRACTICE)


def check_writer(*, viewer: Viewer, event: str) -> PracticeId:
    """The practice of somebody who may work with letters. Raises NotAllowed, NotVisible. Audit: for the refusal."""
    if not any(may_write(viewer=viewer)):
        gate.check_right(viewer=viewer, right=StaffRight.PUBLISH_RESULTS, event=event)
    if viewer.practice_id is None:
        raise NotVisible("letters")
    return viewer.practice_id


def visible_letters(*, viewer: Viewer, event: str) -> "QuerySet[ReplyTemplate]":
    """The rows that this viewer sees, for this app's actions. Raises NotAllowed."""
    return offered_letters(viewer=viewer, practice_id=check_writer(viewer=viewer, event=event))


def offered_letters(*, viewer: Viewer, practice_id: PracticeId) -> "QuerySet[ReplyTemplate]":
    """The practice's letters and the viewer's own, by name. The second wall bounds this once more."""
    own = Q(employee__isnull=True) | Q(employee_id=viewer.employee_id or 0)
    return ReplyTemplate.objects.filter(own, practice_id=practice_id).order_by("title", "pk")


def find_letter_row(*, viewer: Viewer, letter_id: LetterId, event: str, lock: bool = False) -> ReplyTemplate:
    """The row, for this app's actions. Raises NotAllowed, NotVisible."""
    rows = visible_letters(viewer=viewer, event=event)
    row = (rows.select_for_update() if lock else rows).filter(pk=letter_id).first()
    if row is None:
        raise NotVisible("letter")
    return row


def may_change_row(viewer: Viewer, row: ReplyTemplate) -> bool:
    """Who may publish results manages one's own letters; who manages the practice, the practice's."""
    own, of_practice = may_write(viewer=viewer)
    return of_practice if row.employee_id is None else own and row.employee_id == viewer.employee_id


def _letter(viewer: Viewer, row: ReplyTemplate) -> Letter:
    return Letter(
        letter_id=LetterId(row.pk),
        title=row.title,
        conclusion=row.conclusion,
        advice=row.advice,
        is_personal=row.employee_id is not None,
        may_change=may_change_row(viewer, row),
        version=letter_version(title=row.title, conclusion=row.conclusion, advice=row.advice),
    )
