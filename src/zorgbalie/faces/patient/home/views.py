"""The first page, and the switch to somebody for whom one may act."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zorgbalie.access.types import OnlineStep
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.appointments.links import (
    list_appointment_tasks,
    list_appointment_todos,
    news_of,
    next_appointment,
)
from zorgbalie.faces.patient.booking.links import list_booking_tasks
from zorgbalie.faces.patient.consult.links import answers_of, list_answer_todos, list_ask_tasks, list_unsent_todos
from zorgbalie.faces.patient.context import age_words, shell_of
from zorgbalie.faces.patient.home.acting import act_for
from zorgbalie.faces.patient.home.forms import SwitchForm
from zorgbalie.faces.patient.home.todo import list_tasks, list_todos
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.messaging.queries.preferences import needs_first_choice
from zorgbalie.record.queries import patient_documents, patient_home, patient_results
from zorgbalie.record.queries.corrections import list_unread_answers

_MOST_TASKS = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Things to do, tasks, and for whom else one may act."""
    asked = cast(FaceRequest, request)
    frame = shell_of(asked)
    if asked.viewer.acts_for_other and frame.acting_for is None:
        return _back_to_oneself(asked)
    found = patient_home.get_home(viewer=asked.viewer, now=asked.now)
    may_choose = found.state.step is not OnlineStep.TOO_YOUNG and frame.practice is not None
    ask_notices = may_choose and needs_first_choice(viewer=asked.viewer, now=asked.now)
    answers, appointments = answers_of(asked), news_of(asked)
    has_next = appointments is not None and appointments.upcoming is not None
    # Who has an appointment finds the next one here, and makes another from its page.
    visits = list_appointment_tasks(appointments) if has_next else list_booking_tasks(asked)
    tasks = list_ask_tasks(asked, answers) + visits
    context = {
        "todos": list_appointment_todos(appointments)
        + list_answer_todos(answers)
        + list_unsent_todos(asked)
        + list_todos(
            state=found.state,
            ask_notices=ask_notices,
            news=patient_results.get_news(viewer=asked.viewer, now=asked.now),
            letters=patient_documents.list_new_letters(viewer=asked.viewer, now=asked.now),
            answers=list_unread_answers(viewer=asked.viewer, now=asked.now),
            phone=frame.practice.phone if frame.practice else "",
        ),
        # Six at most (ux 16): the last, who looked in the record, is in the menu of the account too.
        "tasks": (tasks + list_tasks(shell=frame, state=found.state))[:_MOST_TASKS],
        "next_appointment": next_appointment(appointments),
        "state": found.state,
        "others": [(person, age_words(person.age)) for person in found.represented],
        "self_id": asked.viewer.person_id,
        "first_name": frame.name,
    }
    return render(request, "patient/home/home.html", context)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for somebody else from now on, or for oneself again (ux 41)."""
    asked = cast(FaceRequest, request)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise NotVisible("representation")
    person_id = patient_home.check_may_act_for(
        viewer=asked.viewer, person_id=PersonId(form.cleaned_data["person"]), now=asked.now
    )
    act_for(asked, person_id)
    return redirect("patient_home")


def _back_to_oneself(request: FaceRequest) -> HttpResponse:
    """Acting for somebody ended meanwhile (a birthday, a withdrawn consent): without a word about why."""
    act_for(request, request.viewer.person_id)
    messages.info(request, _("U kunt nu niets meer regelen voor deze persoon. U ziet weer uw eigen gegevens."))
    return redirect("patient_home")
