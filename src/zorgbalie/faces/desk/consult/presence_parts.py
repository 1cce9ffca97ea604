"""What the page of a question shows of colleagues, and the question before an answer crosses theirs (ux 47)."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zorgbalie.consult.actions import presence as actions
from zorgbalie.consult.queries.inbox import is_marked_urgent
from zorgbalie.consult.queries.presence import list_colleagues
from zorgbalie.consult.types import ConsultState, DeskThread
from zorgbalie.faces.desk.consult.inbox_words import presence_words
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.record.queries.release import patient_card

# What a key goes to, where the page has it. Buttons that show their letter (`key`) are not here: each letter once.
# The yes of each page in between has a name of its own: the one may not answer the other's question.
QUESTIONS_SEEN, COLLEAGUE_SEEN = "vragen_gezien", "collega_gezien"
_KEYS = {
    "r": "#id_answer",
    "a": "#id_account",
    "n": "#id_note",
    "i": ".zb-back, a[href='/vragen/']",
}


def thread_part(request: FaceRequest, found: DeskThread) -> dict[str, Any]:
    """The context of `desk/consult/parts/bar.html`. Opening the page tells colleagues, also without script."""
    viewer, pk = request.viewer, found.consult_id
    actions.note_presence(viewer=viewer, patient_id=found.patient_id, consult_id=pk, types=False, now=request.now)
    colleagues = list_colleagues(viewer=viewer, consult_ids=[pk], now=request.now).get(pk, ())
    is_open = found.state in (ConsultState.SENT, ConsultState.WITH_DOCTOR)
    return {
        "present": presence_words(colleagues),
        "key_map": json.dumps(_KEYS),
        "is_open": is_open,
        "is_urgent": is_open and is_marked_urgent(viewer=viewer, consult_id=pk),
    }


def ask_before_crossing(request: FaceRequest, found: DeskThread, fields: list[str]) -> HttpResponse | None:
    """The question whether to send while a colleague types an answer too; None where nobody does, or after a yes."""
    if COLLEAGUE_SEEN in request.POST:
        return None
    here = list_colleagues(viewer=request.viewer, consult_ids=[found.consult_id], now=request.now)
    typing = [one for one in here.get(found.consult_id, ()) if one.is_typing]
    if not typing:
        return None
    context = {
        **around(request, found.patient_id),
        "patient": patient_card(patient_id=found.patient_id, now=request.now),
        "here": request.path,
        "present": presence_words(typing),
        "kept": kept_through(request, fields),
    }
    return render(request, "desk/consult/typing.html", context)


def kept_through(request: FaceRequest, fields: list[str]) -> list[tuple[str, str]]:
    """What was typed, for a page in between, and what was said yes to on another one."""
    said = [name for name in (QUESTIONS_SEEN, COLLEAGUE_SEEN) if name in request.POST]
    return [(name, request.POST.get(name, "")) for name in [*fields, *said]]


def leave(request: FaceRequest, found: DeskThread) -> None:
    """After sending or closing: no longer at this question."""
    actions.leave(viewer=request.viewer, consult_id=found.consult_id, now=request.now)
