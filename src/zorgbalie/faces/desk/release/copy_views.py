"""A copy with an explanation: choose, answer the request, download (REQ 23, 66)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.faces.desk.release.forms import CopyForm
from zorgbalie.faces.desk.release.frame import page
from zorgbalie.faces.desk.release.words import PART_NAMES
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.actions.copy import make_copy, publish_copy
from zorgbalie.record.queries.copy import COPY_PARTS, get_copy_plan
from zorgbalie.record.types.desk import CopyWish, RecordPart


def _key(patient_id: int) -> str:
    return f"record_copy_{patient_id}"


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Choose what the copy holds; sending answers a request that waits."""
    asked = cast(FaceRequest, request)
    found = get_copy_plan(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
    form = CopyForm(asked.POST or None, parts=found.counts.keys())
    if asked.method == "POST" and form.is_valid():
        wish = form.wish()
        try:
            closed = publish_copy(viewer=asked.viewer, patient_id=PersonId(patient_id), wish=wish, now=asked.now)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            # In the session, which only the desk's role can read: the text must not stand in an address.
            asked.session[_key(patient_id)] = {
                "parts": sorted(wish.parts), "with_so": wish.with_so, "explanation": wish.explanation,
            }  # fmt: skip
            if closed:
                messages.success(asked, _("Het verzoek is afgehandeld. De patiënt leest uw uitleg."))
            return redirect("desk_release_copy_ready", patient_id)
    values = {
        "form": form,
        "plan": found,
        "patient": found.patient,
        "has_so": RecordPart.CONTACTS in found.counts,
        "counts": [(PART_NAMES[part], count) for part, count in found.counts.items()],
    }
    return page(asked, "copy", PersonId(patient_id), values, status=422 if form.errors else 200)


@require_safe
def ready(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The copy can be downloaded."""
    asked = cast(FaceRequest, request)
    found = get_copy_plan(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
    wish = _wish(asked, patient_id)
    if wish is None:
        return redirect("desk_release_copy", patient_id)
    parts = [PART_NAMES[part] for part in COPY_PARTS if part in wish.parts]
    values = {"patient": found.patient, "wish": wish, "parts": parts}
    return page(asked, "copy_ready", PersonId(patient_id), values)


@require_POST
def download(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The PDF; each time a line in the log."""
    asked = cast(FaceRequest, request)
    wish = _wish(asked, patient_id) or CopyWish(parts=frozenset(), with_so=False, explanation="")
    try:
        pdf = make_copy(viewer=asked.viewer, patient_id=PersonId(patient_id), wish=wish, now=asked.now)
    except Refused:
        return redirect(reverse("desk_release_copy", args=[patient_id]))
    response = HttpResponse(pdf, content_type="application/pdf")
    # No name in the file name: it stays behind in download folders and print queues.
    response["Content-Disposition"] = 'attachment; filename="kopie-dossier.pdf"'
    return response


def _wish(request: FaceRequest, patient_id: int) -> CopyWish | None:
    kept = request.session.get(_key(patient_id))
    if not kept:
        return None
    known = set(RecordPart)
    return CopyWish(
        parts=frozenset(RecordPart(part) for part in kept["parts"] if part in known),
        with_so=bool(kept["with_so"]),
        explanation=str(kept["explanation"]),
    )
