"""Agendas in a calendar program (REQ 36; R10; security rows 13, 40): pages, and what a program gets."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from tests.agenda.calendar_reading import lines_of, read
from tests.agenda.working import Working
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import AgendaClosing, AgendaFeed, AgendaSettings
from zorgbalie.audit.models import AuditEvent
from zorgbalie.faces.desk.feeds import public_views
from zorgbalie.kernel.clock import local_date
from zorgbalie.practice.models import Employee, StaffUser

pytestmark = pytest.mark.django_db
PAGE = "/agenda-koppelen/"
_CANARY = "Spataderen"


@pytest.fixture
def scene():
    cache.clear()
    return Working(name="dr. De Wit")


@pytest.fixture
def desk(desk_client, scene):
    desk_client.sign_in(scene.employee)
    return desk_client


def _values(desk, **values):
    token = desk.get(PAGE).context["form"]["token"].value()
    return {"name": "Telefoon", "agenda": "alle", "shows": "tijden", "token": token, **values}


def _make(desk, **values):
    """The path of a new address, as its page shows it once."""
    answer = desk.post(PAGE, _values(desk, **values))
    assert answer.status_code == 200, answer.content.decode()
    return "/agenda-feed/" + answer.context["address"].rsplit("/", 1)[1]


@pytest.fixture
def program():
    """A calendar program: it has never signed in."""
    from tests.conftest import DeskClient

    return DeskClient("desk", "zorgbalie_desk")


def _titles(program, path):
    return [one.summary for one in read(program.get(path).content).events]


# The pages


def test_req36_an_address_is_made_and_shown_once(desk, scene):
    answer = desk.post(PAGE, _values(desk))
    address = answer.context["address"]
    assert address in answer.content.decode()
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43, "32 bytes"
    later = desk.get(PAGE).content.decode()
    assert (secret in later, "Telefoon" in later, "zonder namen" in later) == (False, True, True)
    row = AgendaFeed.objects.get()
    assert (row.shows_names, row.agenda_id, secret in row.secret_digest) == (False, None, False)
    assert AuditEvent.objects.filter(event="agenda.feed_create").count() == 1


def test_row48_the_same_form_twice_is_one_address_and_not_after_it_was_taken_back(desk, scene):
    values = _values(desk)
    found = {desk.post(PAGE, values).context["address"] for _ in range(3)}
    assert (len(found), AgendaFeed.objects.count()) == (1, 1)
    AgendaFeed.objects.update(revoked_at=scene.now)
    answer = desk.post(PAGE, values)
    assert (answer.status_code, "al ingetrokken" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Vul in waar u de agenda leest"),
        ({"name": "x" * 61}, "60"),
        ({"name": "a\0b"}, "NUL"),
        ({"agenda": "99999999999999999999"}, "Kies een agenda uit de lijst"),
        ({"agenda": "'; DROP"}, "Kies een agenda uit de lijst"),
        ({"shows": "alles"}, "Kies wat erin staat"),
        ({"token": "kort"}, ""),
    ],
)
def test_a_wrong_form_is_told_at_the_field_and_keeps_what_was_typed(desk, wrong, says):
    answer = desk.post(PAGE, _values(desk, **wrong))
    assert answer.status_code == 422
    assert says.lower() in answer.content.decode().lower()
    assert AgendaFeed.objects.count() == 0


def test_an_agenda_of_another_practice_cannot_be_chosen(desk):
    other = rows.make_agenda(world.make_practice())
    assert desk.post(PAGE, _values(desk, agenda=str(other.pk))).status_code == 422


def test_an_eleventh_address_is_refused(desk, scene):
    for number in range(10):
        AgendaFeed.objects.create(
            practice=scene.practice, employee=scene.employee, name="x", secret_digest=str(number), created_at=scene.now
        )
    assert "Trek er eerst één in" in desk.post(PAGE, _values(desk)).content.decode()


def test_without_the_right_to_the_agenda_there_is_no_page(desk_client, scene):
    desk_client.sign_in(world.make_employee(scene.practice, rights=["read_record"]))
    assert desk_client.get(PAGE).status_code == 403
    assert desk_client.post(PAGE, {}).status_code == 403


def test_the_own_address_is_taken_back_and_nobody_elses(desk, desk_client, scene, program):
    path = _make(desk)
    feed = AgendaFeed.objects.get()
    revoke = f"{PAGE}{feed.pk}/intrekken/"
    desk_client.sign_in(world.make_employee(scene.practice, role="assistant"))
    assert (desk_client.get(revoke).status_code, desk_client.post(revoke).status_code) == (404, 404)
    assert program.get(path).status_code == 200
    desk.sign_in(scene.employee)
    assert "intrekken?" in desk.get(revoke).content.decode()
    assert program.get(path).status_code == 200, "a question takes nothing back"
    for _ in range(2):
        assert desk.post(revoke).status_code == 302
    assert program.get(path).status_code == 404
    assert AuditEvent.objects.filter(event="agenda.feed_revoke").count() == 1


# What a program gets


def test_r10_taken_time_meetings_and_leave_and_by_default_no_name(desk, scene, program):
    path = _make(desk)
    scene.appointment(person=scene.patient(given_name="Anna", family_name=_CANARY), reason=_CANARY, kind_name=_CANARY)
    scene.occupy(scene.place(9 * 60), title="Overleg praktijk")
    AgendaClosing.objects.create(
        practice=scene.practice, agenda=scene.agenda, starts_on=scene.day, ends_on=scene.day, reason="Nascholing"
    )
    answer = program.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert _titles(program, path) == ["Afspraak", "Overleg praktijk", "Nascholing"]
    assert _CANARY not in answer.content.decode()
    assert AuditEvent.objects.filter(event="agenda.feed_read").count() == 0, "nobody was named"


def test_names_where_chosen_and_nothing_else_of_the_patient(desk, scene, program):
    path = _make(desk, shows="namen")
    anna = scene.patient(given_name="Anna", family_name="Bos")
    scene.appointment(person=anna, reason=_CANARY, kind_name=_CANARY)
    text = "\n".join(lines_of(program.get(path).content))
    assert "Anna Bos" in text
    assert (_CANARY in text, anna.bsn in text) == (False, False)
    line = AuditEvent.objects.get(event="agenda.feed_read")
    assert (line.patient_id, line.user_kind, line.detail["feed"]) == (anna.pk, "staff", AgendaFeed.objects.get().pk)


def test_row40_each_patient_is_noted_once_a_day_however_often_a_program_asks(desk, scene, program):
    path = _make(desk, shows="namen")
    scene.appointment(person=scene.patient())
    for _ in range(3):
        program.get(path)
    assert AuditEvent.objects.filter(event="agenda.feed_read").count() == 1
    scene.appointment(person=scene.patient(), minutes=9 * 60)
    program.get(path)
    assert AuditEvent.objects.filter(event="agenda.feed_read").count() == 2, "who came since, too"
    cache.clear()
    program.get(path)
    assert AuditEvent.objects.filter(event="agenda.feed_read").count() == 4, "lost: too many, never too few"


def test_what_did_not_change_is_not_sent_again(desk, scene, program):
    path = _make(desk)
    scene.appointment()
    tag = program.get(path)["ETag"]
    for known in (tag, f"W/{tag}"):
        answer = program.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    scene.appointment(minutes=9 * 60)
    assert program.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_only_the_chosen_agenda_and_only_the_coming_weeks(desk, scene, program):
    other = rows.make_agenda(scene.practice, name="dr. Vos")
    path, everything = _make(desk, agenda=str(scene.agenda.pk)), _make(desk, name="Alles")
    today = local_date(scene.now)
    for days in (-15, -14, 84, 86):
        scene.appointment(day=today + timedelta(days=days))
    scene.appointment(agenda=other, minutes=600)
    assert _titles(program, path) == ["Afspraak", "Afspraak"]
    assert sorted(_titles(program, everything)) == [
        "Afspraak · dr. De Wit", "Afspraak · dr. De Wit", "Afspraak · dr. Vos",
    ]  # fmt: skip


def test_nothing_of_another_practice_and_nothing_held_or_cancelled(desk, scene, program):
    path = _make(desk)
    Working().appointment()
    scene.appointment(state="held", booked_at=None)
    scene.appointment(minutes=600, state="cancelled", claim=None, cancelled_at=scene.now)
    assert _titles(program, path) == []


_ENDS = {
    "employee left": lambda s: Employee.objects.filter(pk=s.employee.pk).update(ends_on=s.day - timedelta(days=30)),
    "employee blocked": lambda s: StaffUser.objects.filter(pk=s.employee.user_id).update(is_active=False),
    "right lost": lambda s: Employee.objects.filter(pk=s.employee.pk).update(rights=["read_record"]),
    "practice switched it off": lambda s: AgendaSettings.objects.create(practice=s.practice, feeds_on=False),
    "taken back": lambda s: AgendaFeed.objects.update(revoked_at=s.now),
    "agenda closed": lambda s: type(s.agenda).objects.update(is_active=False),
}


@pytest.mark.parametrize("why", _ENDS)
def test_row13_the_address_is_dead_at_once(desk, scene, program, why):
    path = _make(desk, agenda=str(scene.agenda.pk))
    assert program.get(path).status_code == 200
    _ENDS[why](scene)
    answer = program.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


def test_the_switch_of_the_manager_takes_the_form_away(desk, scene):
    AgendaSettings.objects.create(practice=scene.practice, feeds_on=False)
    answer = desk.get(PAGE).content.decode()
    assert ("Koppelen staat uit" in answer, "Maak het adres" in answer) == (True, False)
    form = {"name": "x", "agenda": "alle", "shows": "tijden", "token": "a" * 43}
    assert desk.post(PAGE, form).status_code == 422


def test_an_unknown_secret_and_one_that_was_taken_back_answer_the_same(desk, scene, program):
    path = _make(desk)
    AgendaFeed.objects.update(revoked_at=scene.now)
    answers = [program.get(one) for one in (path, "/agenda-feed/" + "a" * 43 + ".ics", "/agenda-feed/x.ics")]
    assert {(one.status_code, one.content, one["Cache-Control"]) for one in answers} == {(404, b"", "no-store")}
    assert program.post(path).status_code == 405


def test_who_tries_secrets_is_stopped(desk, program, monkeypatch):
    monkeypatch.setattr(public_views, "MOST_WRONG", 3)
    path = _make(desk)
    wrong = [program.get(f"/agenda-feed/{number}.ics").status_code for number in range(4)]
    assert wrong == [404, 404, 404, 429]
    assert (program.get(path).status_code, program.get(path)["Retry-After"]) == (429, "3600")


def test_read_by_the_day(desk, scene, program):
    path = _make(desk)
    assert "nog niet" in desk.get(PAGE).content.decode()
    program.get(path)
    first = AgendaFeed.objects.get().read_at
    program.get(path)
    assert AgendaFeed.objects.get().read_at == first is not None
    assert "nog niet" not in desk.get(PAGE).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_a_program_costs_the_same_however_full_the_agenda_is(
    desk, scene, program, count, django_assert_max_num_queries
):
    path = _make(desk, shows="namen")
    for number in range(count):
        scene.appointment(person=scene.patient(), minutes=480 + 10 * number)
    program.get(path)
    with program.stay(), django_assert_max_num_queries(32) as found:
        program.get(path)
    _costs.add(len(found))
    assert len(_costs) == 1


_costs: set[int] = set()


def test_the_secret_is_in_no_line_of_the_log(desk, scene, program):
    path = _make(desk, shows="namen")
    scene.appointment()
    program.get(path)
    secret = path.rsplit("/", 1)[1].removesuffix(".ics")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_auditevent e")
        assert secret not in cursor.fetchone()[0]
