"""A password of one's own, and for whom one works ("Werken voor")."""

from datetime import timedelta

import pytest

from tests.conftest import DeskClient
from tests.faces.entry_desk.staff import PASSWORD, code, give_code, give_password, make_staff, sign_in
from tests.factories import world
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import StaffSession

pytestmark = pytest.mark.django_db
NEW = "zes-rode-appels-in-een-mand"


def _obliged(employee):
    employee.user.must_change_password = True
    employee.user.save()
    return employee


def test_a_given_password_must_be_changed_before_anything_else(desk_client):
    employee = _obliged(make_staff())
    sign_in(desk_client, employee)
    for path in ("/", "/beheer/praktijk/", "/beveiliging/", "/werken-voor/"):
        assert desk_client.get(path)["Location"] == "/wachtwoord/", path
    assert desk_client.post("/wachtwoord/", {"password": NEW, "again": NEW})["Location"] == "/"
    assert desk_client.get("/beheer/praktijk/").status_code == 200
    employee.user.refresh_from_db()
    assert employee.user.check_password(NEW)
    assert not employee.user.must_change_password


@pytest.mark.parametrize(("days", "works"), [(1, True), (0, False), (-1, False)])
def test_row_23_a_given_password_works_for_a_week_at_most(desk_client, days, works):
    employee = _obliged(make_staff())
    employee.user.one_time_until = current_moment() + timedelta(days=days)
    employee.user.save()
    sign_in(desk_client, employee)
    answer = desk_client.post("/wachtwoord/", {"password": NEW, "again": NEW})
    employee.user.refresh_from_db()
    assert employee.user.check_password(NEW) is works
    if not works:
        assert "Dit wachtwoord is verlopen" in desk_client.get(answer["Location"]).content.decode()
    assert employee.user.one_time_until is None or not works


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("kort", "kort", "te kort"),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "te algemeen"),
        (PASSWORD, PASSWORD, "ander wachtwoord"),
        (NEW, NEW + "x", "niet gelijk"),
        ("", "", "verplicht"),
    ],
)
def test_a_weak_or_old_password_is_refused(desk_client, password, again, sentence):
    employee = _obliged(make_staff())
    sign_in(desk_client, employee)
    answer = desk_client.post("/wachtwoord/", {"password": password, "again": again})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_changing_it_oneself_needs_the_current_one_and_ends_other_sessions(desk_client):
    employee = make_staff()
    other = DeskClient("desk", "zorgbalie_desk")
    other.sign_in(employee)
    sign_in(desk_client, employee)
    values = {"current": "verkeerd-wachtwoord", "password": NEW, "again": NEW}
    assert desk_client.post("/wachtwoord/", values).status_code == 200
    assert desk_client.post("/wachtwoord/", {**values, "current": PASSWORD}).status_code == 302
    assert desk_client.get("/beveiliging/").status_code == 200
    assert other.get("/beveiliging/").status_code == 302


def _works_at_two():
    first = make_staff(world.make_practice(), rights=[StaffRight.MANAGE_PRACTICE])
    second = world.make_employee(world.make_practice(), user=first.user, rights=[])
    return first, second


def test_who_works_at_two_practices_chooses_and_has_the_rights_of_that_one(desk_client):
    first, second = _works_at_two()
    sign_in(desk_client, first)
    assert desk_client.get("/beheer/praktijk/")["Location"] == "/werken-voor/"
    page = desk_client.get("/werken-voor/").content.decode()
    assert first.practice.name in page
    assert second.practice.name in page
    desk_client.post("/werken-voor/", {"account": f"{second.pk}:"})
    assert desk_client.get("/beheer/praktijk/").status_code == 403
    desk_client.post("/werken-voor/", {"account": f"{first.pk}:"})
    assert desk_client.get("/beheer/praktijk/").status_code == 200


def test_row_2_nobody_chooses_work_or_an_account_of_somebody_else(desk_client):
    first, _second = _works_at_two()
    stranger = world.make_employee(world.make_practice())
    account = world.make_account(stranger.practice)
    stranger.accounts.add(account)
    sign_in(desk_client, first)
    for value in (f"{stranger.pk}:", f"{stranger.pk}:{account.pk}", f"{first.pk}:{account.pk}", "", "x", "1:2:3"):
        assert desk_client.post("/werken-voor/", {"account": value})["Location"] == "/werken-voor/"
        assert desk_client.get("/beheer/praktijk/")["Location"] == "/werken-voor/"


def test_account_is_chosen_and_lapses_when_it_is_taken_away(desk_client):
    practice = world.make_practice()
    employee, account = make_staff(practice), world.make_account(practice, name="Dokter Twee")
    employee.accounts.add(account)
    sign_in(desk_client, employee)
    desk_client.post("/werken-voor/", {"account": f"{employee.pk}:{account.pk}"})
    pressed = 'aria-pressed="true"'
    assert pressed in desk_client.get("/beveiliging/").content.decode().split("Dokter Twee")[0].rsplit("<button", 1)[1]
    employee.accounts.clear()
    assert "Dokter Twee" not in desk_client.get("/beveiliging/").content.decode()


def test_row_16_switching_gives_a_new_session_key(desk_client):
    first, second = _works_at_two()
    desk_client.sign_in(first)
    (before,) = StaffSession.objects.values_list("session_key", flat=True)
    desk_client.post("/werken-voor/", {"account": f"{second.pk}:"})
    (after,) = StaffSession.objects.values_list("session_key", flat=True)
    assert before != after


def test_signing_in_after_a_reset_goes_password_then_second_step_then_work(desk_client):
    employee = _obliged(make_staff(app=False))
    assert give_password(desk_client, employee)["Location"] == "/"
    assert desk_client.get("/")["Location"] == "/wachtwoord/"
    desk_client.post("/wachtwoord/", {"password": NEW, "again": NEW})
    assert desk_client.get("/")["Location"] == "/beveiliging/"
    assert "Stel uw tweede stap in" in desk_client.get("/beveiliging/").content.decode()


def test_the_middle_of_signing_in_can_be_left(desk_client):
    give_password(desk_client, make_staff())
    desk_client.post("/uitloggen/")
    assert give_code(desk_client, code())["Location"] == "/inloggen/"
