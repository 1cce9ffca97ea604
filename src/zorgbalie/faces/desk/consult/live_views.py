"""What keeps itself up to date on pages that stay open: numbers, and who is at a question (ux 47, 49).

Nothing medical is in these answers, and asking is no work: the session's clock does not start again.
"""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.consult.actions import presence as actions
from zorgbalie.consult.queries.inbox import count_inbox, may_see_inbox
from zorgbalie.consult.queries.presence import list_all_present, list_colleagues
from zorgbalie.faces.desk.consult.inbox_words import presence_words
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.staff_middleware import background
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.worklist.queries import count_items


@background
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """How much waits in the inbox, and for who may answer questions how many of those and who is at which."""
    asked = cast(FaceRequest, request)
    items = count_items(viewer=asked.viewer)
    counts = {"open": items.open, "items-mine": items.mine, "actions": items.actions}
    here: dict[str, str] = {}
    if may_see_inbox(viewer=asked.viewer):
        found = count_inbox(viewer=asked.viewer, now=asked.now)
        counts |= {"waiting": found.waiting, "late": found.late, "mine": found.mine, "urgent": found.urgent}
        present = list_all_present(viewer=asked.viewer, now=asked.now)
        here = {str(pk): presence_words(colleagues) for pk, colleagues in present.items()}
    return JsonResponse({"counts": counts, "here": here}, headers={"Cache-Control": "no-store"})


@background
@require_POST
def presence(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """A sign of life from a question that somebody has open: tells colleagues, and gives back who else is there."""
    asked = cast(FaceRequest, request)
    wanted = ConsultId(consult_id)
    types = asked.POST.get("typt") == "1"
    revision, name = actions.note_presence(
        viewer=asked.viewer, patient_id=PersonId(patient_id), consult_id=wanted, types=types, now=asked.now
    )
    if asked.POST.get("weg") == "1":
        actions.leave(viewer=asked.viewer, consult_id=wanted, now=asked.now)
    colleagues = list_colleagues(viewer=asked.viewer, consult_ids=[wanted], now=asked.now).get(wanted, ())
    changed = ""
    if asked.POST.get("versie", "") not in ("", str(revision)):
        who = name or _("Iemand anders")
        changed = _("%(name)s heeft hier net iets gewijzigd. Ververs de pagina om dat te zien.") % {"name": who}
    answer = {"here": presence_words(colleagues), "changed": changed}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})
