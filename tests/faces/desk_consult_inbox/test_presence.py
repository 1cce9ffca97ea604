"""Who is at a question, and numbers that keep themselves up to date (ux 47, 49; security rows 22, 24, 40)."""

import re
from datetime import timedelta

import pytest

from tests.faces.desk_consult.test_thread import Desk
from tests.factories import world
from tests.factories.consult_inbox import be_there, make_waiting
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage, ConsultPresence
from zorgbalie.practice.models import StaffSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def _colleague(desk, **values):
    employee = world.make_employee(desk.practice, name="dr. J. de Wit")
    be_there(Consult.objects.get(pk=desk.consult_id), employee, desk.now, **values)
    return employee


def _sign(desk, **values):
    return desk.client.post(f"{desk.path}aanwezig/", values).json()


def test_ux47_opening_the_page_tells_colleagues_without_script(desk):
    desk.text()
    row = ConsultPresence.objects.get()
    assert (row.consult_id, row.employee_id, row.typing_at) == (desk.consult_id, desk.employee.pk, None)
    desk.client.sign_in(world.make_employee(desk.practice))
    assert "Samira Bakker leest dit nu" in desk.text()
    assert "Samira Bakker leest dit nu" in desk.client.get("/vragen/").content.decode()


def test_ux47_a_sign_of_life_gives_back_who_else_is_there(desk):
    assert _sign(desk, typt="1") == {"here": "", "changed": ""}
    assert ConsultPresence.objects.get().typing_at is not None
    _colleague(desk, types=True)
    assert _sign(desk)["here"] == "dr. J. de Wit typt een antwoord"
    assert ConsultPresence.objects.get(employee=desk.employee).typing_at is not None, "a pause is no end"
    _sign(desk, weg="1")
    assert not ConsultPresence.objects.filter(employee=desk.employee).exists()


def test_ux47_who_was_seen_too_long_ago_is_gone(desk):
    _colleague(desk)
    ConsultPresence.objects.update(seen_at=desk.now - timedelta(seconds=50))
    assert _sign(desk)["here"] == ""


def test_a_change_by_a_colleague_is_told_to_who_has_the_page_open(desk):
    shown = Consult.objects.get().revision
    assert _sign(desk, versie=shown)["changed"] == ""
    desk.hand_to(desk.consult_id)
    told = _sign(desk, versie=shown)["changed"]
    assert told.startswith("Samira Bakker heeft hier net iets gewijzigd.")


def test_two_cannot_answer_at_once_without_knowing(desk):
    form = desk.hidden()
    _colleague(desk, types=True)
    asked = desk.post("versturen", form, answer="Mijn antwoord")
    text = asked.content.decode()
    assert asked.status_code == 200
    assert "dr. J. de Wit typt een antwoord" in text
    assert "Mijn antwoord" in text
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()
    assert "Mijn antwoord" in desk.post("voorbeeld", form, answer="Mijn antwoord").content.decode()
    desk.post("versturen", form, answer="Mijn antwoord", collega_gezien="ja")
    assert ConsultMessage.objects.get(author_kind="staff").text == "Mijn antwoord"
    assert not ConsultPresence.objects.filter(employee=desk.employee).exists(), "who sent is gone"


@pytest.mark.parametrize("first", ["vragen_gezien", "collega_gezien"])
def test_req46_ux47_questions_left_and_a_colleague_who_types_are_each_asked(desk, first):
    """A yes to the one is no yes to the other, in whatever order they are asked."""
    ConsultMessage.objects.update(text="Mag ik sporten? En mag ik zwemmen?")
    form = desk.hidden()
    _colleague(desk, types=True)
    path = desk.path
    other = {"vragen_gezien": "collega_gezien", "collega_gezien": "vragen_gezien"}[first]
    values = {**form, "doen": "versturen", "answer": "Ja."}
    asked = desk.client.post(path, {**values, first: "ja"}).content.decode()
    assert f'name="{other}" value="ja"' in asked
    assert re.search(rf'<input type="hidden" name="{first}" value="ja">', asked), "what was said yes to goes along"
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()
    assert desk.client.post(path, {**values, first: "ja", other: "ja"}).status_code == 302
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1


def test_who_only_reads_stops_nobody(desk):
    form = desk.hidden()
    _colleague(desk)
    assert desk.post("versturen", form, answer="Ja.").status_code == 302


def test_ux49_numbers_for_the_menu_and_both_inboxes(desk):
    make_waiting(desk.practice, desk.now, hours=-1, item={"assigned_to": desk.employee})
    make_waiting(world.make_practice(), desk.now)
    employee = _colleague(desk)
    found = desk.client.get("/vragen/aantallen/")
    assert found["Cache-Control"] == "no-store"
    assert found.json() == {
        "counts": {"open": 2, "items-mine": 1, "actions": 0, "waiting": 2, "late": 1, "mine": 1, "urgent": 0},
        "here": {str(desk.consult_id): f"{employee.name} leest dit nu"},
    }


def test_row22_polling_does_not_keep_the_session_alive_and_leaves_no_line(desk):
    for row in StaffSession.objects.all():
        store = row.get_session_store_class()(row.session_key)
        store["seen_at"] = (desk.now - timedelta(minutes=5)).isoformat()
        store.save()
    lines, seen = AuditEvent.objects.count(), StaffSession.objects.get().get_decoded()["seen_at"]
    for _ in range(2):
        desk.client.get("/vragen/aantallen/")
        _sign(desk)
    assert AuditEvent.objects.count() == lines
    assert StaffSession.objects.get().get_decoded()["seen_at"] == seen
    desk.client.get("/vragen/")
    assert StaffSession.objects.get().get_decoded()["seen_at"] > seen


def test_row40_a_refused_sign_of_life_leaves_a_line(desk):
    desk.client.sign_in(world.make_employee(desk.practice, rights=[]))
    assert desk.client.post(f"{desk.path}aanwezig/").status_code == 403
    assert AuditEvent.objects.filter(event="consult.presence").count() == 1
    assert not ConsultPresence.objects.exists()


def test_row24_being_there_needs_a_post(desk):
    assert desk.client.get(f"{desk.path}aanwezig/").status_code == 405
