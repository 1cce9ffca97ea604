"""Reliable information about an item: the page between the portal and another website (REQ 19, 81; row 31, 67).

The addresses come from what was loaded for the item's code; nothing in the request can name one.
"""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.record.views import page_of
from zorgbalie.kernel.ids import EpisodeId, ObservationId
from zorgbalie.record.queries import information
from zorgbalie.record.types.information import ItemInformation


@require_safe
def about_episode(request: HttpRequest, episode_id: int) -> HttpResponse:
    """About a complaint or condition."""
    asked = cast(FaceRequest, request)
    found = information.get_episode_information(viewer=asked.viewer, episode_id=EpisodeId(episode_id), now=asked.now)
    return _page(asked, found, reverse("patient_record_episode", args=[episode_id]), found.title)


@require_safe
def about_value(request: HttpRequest, observation_id: int) -> HttpResponse:
    """About a measurement or result."""
    asked = cast(FaceRequest, request)
    found = information.get_value_information(
        viewer=asked.viewer, observation_id=ObservationId(observation_id), now=asked.now
    )
    return _page(asked, found, reverse("patient_record_value", args=[observation_id]), found.title)


@require_safe
def about_medicine(request: HttpRequest, medication_id: int) -> HttpResponse:
    """About a medicine."""
    asked = cast(FaceRequest, request)
    found = information.get_medicine_information(viewer=asked.viewer, medication_id=medication_id, now=asked.now)
    return _page(asked, found, reverse("patient_record_medicines"), _("Medicijnen"))


def _page(request: FaceRequest, found: ItemInformation, back_href: str, back_label: str) -> HttpResponse:
    answer = page_of(request, "information", {"info": found, "back_href": back_href, "back_label": back_label})
    # Some browsers look the host of a link up before anybody clicks; that alone would tell a name server.
    answer.headers["X-DNS-Prefetch-Control"] = "off"
    return answer
