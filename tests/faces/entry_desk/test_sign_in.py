"""Signing in of staff: the way in, the limits, the keys, and what ends a session (rows 13, 16, 22, 23)."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.faces.entry_desk.staff import PASSWORD, code, give_code, give_password, make_staff, sign_in
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.practice.models import StaffSession

pytestmark = pytest.mark.django_db
HOME = "/beveiliging/"


def _cookie(client) -> str:
    return client.cookies[settings.FACE_SETTINGS["desk"]["SESSION_COOKIE_NAME"]].value


def _is_in(client) -> bool:
    return client.get(HOME).status_code == 200


def test_row_23_password_and_code_open_the_desk_and_leave_a_line(desk_client):
    employee = make_staff()
    answer = give_password(desk_client, employee)
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen/code/")
    assert not _is_in(desk_client)
    answer = give_code(desk_client, code())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert _is_in(desk_client)
    line = AuditEvent.objects.get(event="staff.signed_in")
    assert (line.outcome, line.user_id, line.practice_id) == ("0", f"employee:{employee.pk}", employee.practice_id)
    assert line.detail == {"way": "second_factor"}


def test_row_23_wrong_password_is_refused_and_leaves_a_line_without_the_address(desk_client):
    employee = make_staff()
    answer = give_password(desk_client, employee, "verkeerd-wachtwoord")
    assert answer.status_code == 200
    assert "horen niet bij elkaar" in answer.content.decode()
    line = AuditEvent.objects.get(event="staff.sign_in_failed")
    assert (line.outcome, line.practice_id, line.detail["reason"]) == ("4", employee.practice_id, "wrong password")
    assert employee.user.email not in str(line.__dict__)


def test_unknown_address_answers_like_a_wrong_password(desk_client):
    answer = desk_client.post("/inloggen/", {"login": "niemand@praktijk.example", "password": PASSWORD})
    assert answer.status_code == 200
    assert "horen niet bij elkaar" in answer.content.decode()
    assert not AuditEvent.objects.exists()


def test_row_23_ten_wrong_passwords_lock_the_account_even_for_the_right_one(desk_client):
    employee = make_staff()
    answers = [give_password(desk_client, employee, f"verkeerd-wachtwoord-{number}") for number in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert "15 minuten geblokkeerd" in answers[-1].content.decode()
    assert give_password(desk_client, employee)["Content-Type"].startswith("text/html")
    assert not _is_in(desk_client)
    assert "account_login" not in desk_client.session if hasattr(desk_client, "session") else True
    assert AuditEvent.objects.filter(event="staff.locked_out", outcome="4").count() == 1


def test_row_23_lock_holds_from_another_browser_and_not_for_a_colleague(desk_client):
    from tests.conftest import DeskClient

    practice = world.make_practice()
    employee, colleague = make_staff(practice), make_staff(practice)
    for number in range(10):
        give_password(desk_client, employee, f"verkeerd-wachtwoord-{number}")
    other = DeskClient("desk", "zorgbalie_desk", REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Ander")
    assert give_password(other, employee).status_code == 200
    assert give_password(other, colleague)["Location"] == "/inloggen/code/"


def test_row_23_ten_wrong_codes_are_enough(desk_client):
    employee = make_staff()
    give_password(desk_client, employee)
    wrong = str((int(code()) + 7) % 1_000_000).zfill(6)
    for _try in range(10):
        assert "Deze code klopt niet" in give_code(desk_client, wrong).content.decode()
    answer = give_code(desk_client, code())
    assert "te vaak" in answer.content.decode()
    assert not _is_in(desk_client)
    assert AuditEvent.objects.filter(event="staff.second_factor_failed", outcome="4").count() == 11


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_row_23_a_code_counts_once_for_as_long_as_it_is_valid(desk_client, shift):
    employee = make_staff()
    used = code(shift)
    give_password(desk_client, employee)
    assert give_code(desk_client, used).status_code == 302
    desk_client.post("/uitloggen/")
    give_password(desk_client, employee)
    answer = give_code(desk_client, used)
    assert answer.status_code == 200
    assert "al gebruikt" in answer.content.decode()
    assert not _is_in(desk_client)


def test_row_16_a_new_key_at_sign_in_and_the_old_one_is_dead(desk_client):
    employee = make_staff()
    desk_client.get("/inloggen/")
    give_password(desk_client, employee)
    before = _cookie(desk_client)
    give_code(desk_client, code())
    assert _cookie(desk_client) != before
    assert not StaffSession.objects.filter(session_key=before).exists()


def test_row_16_a_copied_cookie_is_dead_after_sign_out(desk_client):
    employee = make_staff()
    sign_in(desk_client, employee)
    copied = _cookie(desk_client)
    assert desk_client.post("/uitloggen/")["Location"] == "/inloggen/?uitgelogd=1"
    desk_client.cookies[settings.FACE_SETTINGS["desk"]["SESSION_COOKIE_NAME"]] = copied
    assert not _is_in(desk_client)
    assert AuditEvent.objects.get(event="staff.signed_out").user_id == f"employee:{employee.pk}"


def test_sign_out_needs_a_post(desk_client):
    employee = make_staff()
    sign_in(desk_client, employee)
    assert desk_client.get("/uitloggen/").status_code == 405
    assert _is_in(desk_client)


def _age(**ages) -> None:
    """Make the open session older than it is."""
    for row in StaffSession.objects.all():
        store = row.get_session_store_class()(row.session_key)
        store.update({name: (current_moment() - age).isoformat() for name, age in ages.items()})
        store.save()


@pytest.mark.parametrize(("minutes", "stays"), [(9, True), (11, False)])
def test_row_22_idle_time_is_the_practices_own(desk_client, minutes, stays):
    desk_client.sign_in(world.make_employee(world.make_practice(staff_idle_minutes=10)))
    _age(seen_at=timedelta(minutes=minutes))
    answer = desk_client.get(HOME)
    assert (answer.status_code == 200) is stays
    if not stays:
        assert "beeindigd=1" in answer["Location"]
        assert not StaffSession.objects.exists()


@pytest.mark.parametrize(("hours", "stays"), [(11, True), (13, False)])
def test_row_22_no_session_lasts_longer_than_a_working_day(desk_client, hours, stays):
    desk_client.sign_in(world.make_employee(world.make_practice()))
    _age(signed_in_at=timedelta(hours=hours))
    assert _is_in(desk_client) is stays


def test_a_page_in_use_keeps_the_session_and_keep_alive_does_so_too(desk_client):
    desk_client.sign_in(world.make_employee(world.make_practice(staff_idle_minutes=10)))
    _age(seen_at=timedelta(minutes=6))
    assert desk_client.post("/sessie/doorgaan/").status_code == 204
    _age_is_under = StaffSession.objects.get().get_decoded()["seen_at"]
    assert _age_is_under > (current_moment() - timedelta(minutes=1)).isoformat()


def test_row_13_who_left_is_out_at_the_next_request(desk_client):
    employee = world.make_employee(world.make_practice())
    desk_client.sign_in(employee)
    assert _is_in(desk_client)
    employee.ends_on = local_date(current_moment()) - timedelta(days=1)
    employee.save()
    answer = desk_client.get(HOME)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/inloggen/")
    assert not StaffSession.objects.exists()


def test_row_13_a_blocked_user_is_out_at_the_next_request(desk_client):
    employee = world.make_employee(world.make_practice())
    desk_client.sign_in(employee)
    employee.user.is_active = False
    employee.user.save()
    assert not _is_in(desk_client)


def test_row_13_who_leaves_one_of_two_practices_chooses_anew_and_is_not_moved_unseen(desk_client):
    leaving = world.make_employee(world.make_practice())
    world.make_employee(world.make_practice(), user=leaving.user)
    desk_client.sign_in(leaving)
    leaving.ends_on = local_date(current_moment()) - timedelta(days=1)
    leaving.save()
    assert desk_client.get(HOME)["Location"] == "/werken-voor/"
    assert "staat niet meer bij uw account" in desk_client.get("/werken-voor/").content.decode()


def test_htmx_request_without_session_goes_to_sign_in_as_a_whole(desk_client):
    answer = desk_client.get(HOME, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/inloggen/")


def test_row_31_next_never_leads_to_a_foreign_host(desk_client):
    employee = make_staff()
    desk_client.post(
        "/inloggen/", {"login": employee.user.email, "password": PASSWORD, "next": "https://elders.example/x"}
    )
    assert give_code(desk_client, code())["Location"] == "/"


def test_not_mounted_nobody_signs_up_or_gets_a_password_by_mail(desk_client):
    for path in ("/signup/", "/password/reset/", "/email/", "/accounts/login/", "/login/code/"):
        assert desk_client.get(path).status_code == 404
