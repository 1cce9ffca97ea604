"""Pages that exist in the demo alone: the stand-in for DigiD."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zorgbalie.faces.entry.access import public_page
from zorgbalie.faces.entry.demo_people import DEMO_PEOPLE
from zorgbalie.kernel.ages import age_on
from zorgbalie.kernel.clock import current_moment, local_date


@public_page
@require_safe
def standin_page(request: HttpRequest) -> HttpResponse:
    """Choose who to be. Clearly no DigiD."""
    today = local_date(current_moment())
    people = [(person, age_on(person.birth_date, today)) for person in DEMO_PEOPLE]
    context = {
        "people": people,
        "token": request.GET.get("token", "")[:64],
        "answer_href": reverse("entry_complete"),
    }
    return render(request, "entry/standin.html", context)
