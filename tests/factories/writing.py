"""Rows for tests of writing and work lists."""

from datetime import UTC, datetime

from tests.factories import world
from zorgbalie.record.models import PlainWord, ReplyTemplate
from zorgbalie.worklist.models import ActionNote, WorkItem


def add_letter(practice, employee=None, **values) -> ReplyTemplate:
    defaults = {"title": f"Brief {world.next_number()}", "conclusion": "Beste {naam}, alles is goed."}
    return ReplyTemplate.objects.create(practice=practice, employee=employee, **{**defaults, **values})


def add_word(practice, word="nierfalen", plain="nieren die niet werken") -> PlainWord:
    return PlainWord.objects.create(practice=practice, word=word, plain=plain)


def add_action(patient, employee, text="Bel over het ziekenhuis", **values) -> WorkItem:
    """An action by hand and its item, due on the first of November unless said otherwise."""
    note = ActionNote.objects.create(
        practice=employee.practice, patient=patient, author=employee, text=text,
        token=f"{world.next_number():032x}",
    )  # fmt: skip
    defaults = {"due_at": datetime(2026, 11, 1, 16, 0, tzinfo=UTC), "for_right": "read_record"}
    return WorkItem.objects.create(
        practice=employee.practice, person=patient, kind="action_note", about_id=note.pk, **{**defaults, **values}
    )
