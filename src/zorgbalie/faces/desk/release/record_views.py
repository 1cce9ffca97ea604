"""The whole record for staff, part by part."""

from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zorgbalie.faces.desk.release.frame import number_in, page
from zorgbalie.faces.desk.release.words import EXTRA_NAMES, PART_NAMES
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.desk import Listing, first_part, get_desk_record
from zorgbalie.record.types.desk import DeskRecord, RecordPart
from zorgbalie.ui.types import Tab


@require_safe
def record(request: HttpRequest, patient_id: int) -> HttpResponse:
    """One page of one part."""
    asked = cast(FaceRequest, request)
    text = asked.GET.get("deel", "")
    part = RecordPart(text) if text in set(RecordPart) else first_part(viewer=asked.viewer)
    search, oldest_first = asked.GET.get("q", "").strip()[:100], asked.GET.get("sort") == "oud"
    found = get_desk_record(
        viewer=asked.viewer,
        patient_id=PersonId(patient_id),
        part=part,
        listing=Listing(page=number_in(asked, "page"), words=search, oldest_first=oldest_first),
        now=asked.now,
    )
    listed = found.contacts or found.rows
    total, number, size = (listed.total, listed.number, listed.per_page) if listed else (0, 1, 1)
    here = reverse("desk_release_record", args=[patient_id])
    values = {
        "record": found,
        "patient": found.patient,
        "parts": _parts(found, here),
        "part_name": PART_NAMES[part],
        "extra_label": EXTRA_NAMES.get(part, ""),
        "search": search,
        "oldest_first": oldest_first,
        "total": total,
        "page": Paginator(range(total), size).get_page(number),
        "turn_href": f"{here}?{urlencode({'deel': part, 'q': search, 'sort': '' if oldest_first else 'oud'})}",
        "here": here,
    }
    return page(asked, "record", PersonId(patient_id), values)


def _parts(found: DeskRecord, here: str) -> list[Tab]:
    return [
        Tab(label=str(PART_NAMES[part]), href=f"{here}?deel={part}", current=part is found.part, count=count)
        for part, count in found.counts.items()
    ]
