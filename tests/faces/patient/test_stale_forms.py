"""A form that was opened for one person never works for another (security rows 15, 17, 24; A4, A5).

Pages name no patient: the one of the session is meant. So a form must die when that changes: in a second tab, or
because somebody else signed in on the same browser.
"""

import re
from datetime import date

import pytest

from tests.conftest import DeskClient
from tests.faces.entry_desk.staff import make_staff
from tests.factories import world
from zorgbalie.access.models import Agreement
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.messaging.models import NoticePreference

pytestmark = pytest.mark.django_db
SETTINGS = "/meldingen/"
CHOICE = {"kinds": ["agreement"]}


def token_on(client, address):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(address).content.decode())[1]


@pytest.fixture
def strict(portal_client):
    portal_client.handler.enforce_csrf_checks = True
    return portal_client


@pytest.fixture
def family():
    parent, practice = world.make_patient_with_open_record()
    today = local_date(current_moment())
    child = world.make_person(given_name="Sem", birth_date=date(today.year - 8, 1, 1))
    world.enrol(child, practice, practice.accounts.first())
    world.represent(parent, child)
    return parent, child


def switch(client, person):
    answer = client.post("/wisselen/", {"person": person.pk, "csrfmiddlewaretoken": token_on(client, "/")})
    assert answer.status_code == 302


def test_row15_a_form_of_oneself_does_nothing_after_switching_to_the_child(strict, family):
    parent, child = family
    strict.sign_in(parent)
    mine = token_on(strict, SETTINGS)
    switch(strict, child)
    assert strict.post(SETTINGS, {**CHOICE, "csrfmiddlewaretoken": mine}).status_code == 403
    assert not NoticePreference.objects.exists()
    assert strict.post(SETTINGS, {**CHOICE, "csrfmiddlewaretoken": token_on(strict, SETTINGS)}).status_code == 302
    assert set(NoticePreference.objects.values_list("person_id", flat=True)) == {child.pk}


def test_row15_a_form_for_the_child_does_nothing_after_switching_back(strict, family):
    parent, child = family
    strict.sign_in(parent, subject=child)
    for_child = token_on(strict, SETTINGS)
    switch(strict, parent)
    assert strict.post(SETTINGS, {**CHOICE, "csrfmiddlewaretoken": for_child}).status_code == 403
    assert not NoticePreference.objects.exists()


def test_row15_acting_that_ended_by_itself_takes_its_forms_along(strict, family):
    parent, child = family
    strict.sign_in(parent, subject=child)
    for_child = token_on(strict, SETTINGS)
    child.birth_date = date(2000, 1, 1)
    child.save()
    assert strict.get("/").status_code == 302
    assert strict.post(SETTINGS, {**CHOICE, "csrfmiddlewaretoken": for_child}).status_code == 403
    assert not NoticePreference.objects.exists()


def test_row17_a_page_left_open_by_one_patient_works_not_for_the_next_one(strict):
    first, practice = world.make_patient_with_open_record()
    second, _ = world.make_patient_with_open_record(practice)
    strict.sign_in(first)
    left_open = f"/toegang/{practice.pk}/afspraken/stoppen/"
    old = token_on(strict, left_open)
    strict.cookies.pop("zorgbalie-portal")  # the session ended by itself; the page still stands there
    step = strict.post("/inloggen/digid/", {"csrfmiddlewaretoken": token_on(strict, "/inloggen/")})
    answer = {"token": step.url.split("token=")[1], "bsn": second.bsn, "level": "SUBSTANTIEEL"}
    assert strict.get("/inloggen/terug/", answer).url == "/"
    assert strict.post(left_open, {"csrfmiddlewaretoken": old}).status_code == 403
    assert not Agreement.objects.filter(person=second, ended_at__isnull=False).exists()


def test_row5_a_form_of_one_practice_does_nothing_after_choosing_another():
    first = make_staff(world.make_practice())
    second = world.make_employee(world.make_practice(), user=first.user)
    client = DeskClient("desk", "zorgbalie_desk")
    client.handler.enforce_csrf_checks = True
    client.sign_in(first)
    old = token_on(client, "/werken-voor/")
    assert client.post("/werken-voor/", {"account": f"{second.pk}:", "csrfmiddlewaretoken": old}).url == "/"
    assert client.post("/werken-voor/", {"account": f"{first.pk}:", "csrfmiddlewaretoken": old}).status_code == 403
