"""No page of the desk without the second factor, and how it is set up, used and changed (row 23)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.conftest import DeskClient
from tests.faces.entry_desk.passkey import SoftPasskey
from tests.faces.entry_desk.staff import PASSWORD, code, give_code, give_password, make_staff, sign_in
from tests.factories import world
from zorgbalie.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

# What answers before anybody is at work; every other address of the desk leads back to signing in.
PUBLIC = {
    "/inloggen/", "/inloggen/code/", "/uitloggen/", "/sessie/voorbij/", "/huisstijl/<colour>.css",
    "/weergave/kleuren/", "/weergave/taal/",
    # The secret in it is the key; what is wrong with it answers as an address that does not exist.
    "/agenda-feed/<secret>.ics",
}  # fmt: skip
WHILE_SETTING_UP = {
    "/beveiliging/", "/beveiliging/app/", "/beveiliging/app/qr.svg", "/beveiliging/passkey/", "/sessie/doorgaan/",
}  # fmt: skip


def _addresses(resolver, prefix="/"):
    for entry in resolver.url_patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, path)
        else:
            yield path


ADDRESSES = sorted(set(_addresses(get_resolver("zorgbalie.config.urls.desk"))))


def _real(path: str) -> str:
    return re.sub(r"<\w+>", "1", path)


@pytest.mark.parametrize("method", ["get", "post"])
def test_row_4_anonymous_gets_sign_in_on_every_address(desk_client, method):
    assert len(ADDRESSES) > 40
    for path in ADDRESSES:
        if path in PUBLIC:
            continue
        answer = getattr(desk_client, method)(_real(path))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/inloggen/"), path


@pytest.mark.parametrize("method", ["get", "post"])
def test_row_23_password_alone_reaches_only_the_set_up(desk_client, method):
    desk_client.sign_in(world.make_employee(world.make_practice()), second_factor=False)
    for path in ADDRESSES:
        if path in PUBLIC | WHILE_SETTING_UP:
            continue
        answer = getattr(desk_client, method)(_real(path))
        assert (answer.status_code, answer["Location"]) == (302, "/beveiliging/"), path


def test_row_23_between_password_and_code_nothing_opens(desk_client):
    give_password(desk_client, make_staff())
    for path in ADDRESSES:
        if path in PUBLIC:
            continue
        answer = desk_client.get(_real(path))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/inloggen/"), path


def test_row_23_first_set_up_with_an_app_opens_the_desk_and_gives_recovery_codes(desk_client):
    employee = make_staff(app=False)
    assert give_password(desk_client, employee)["Location"] == "/"
    assert desk_client.get("/beheer/praktijk/")["Location"] == "/beveiliging/"
    page = desk_client.get("/beveiliging/app/").content.decode()
    secret = re.search(r'class="zb-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "data:" not in page
    picture = desk_client.get("/beveiliging/app/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<script" not in picture.content
    assert desk_client.post("/beveiliging/app/", {"code": "000000"}).status_code == 200
    answer = desk_client.post("/beveiliging/app/", {"code": code(secret=secret)})
    assert answer["Location"] == "/beveiliging/herstelcodes/"
    codes = re.findall(r"<li>(\d{8})</li>", desk_client.get("/beveiliging/herstelcodes/").content.decode())
    assert len(codes) == 10
    again = desk_client.get("/beveiliging/herstelcodes/").content.decode()
    assert not [one for one in codes if one in again]
    assert desk_client.get("/beheer/praktijk/").status_code == 200
    assert AuditEvent.objects.get(event="staff.second_factor_added").detail == {"way": "totp"}


def test_the_key_of_the_app_is_not_readable_in_the_database(desk_client):
    employee = make_staff()
    stored = Authenticator.objects.get(user=employee.user).data["secret"]
    assert stored.startswith("v1:")
    assert "JBSWY3DP" not in stored


def test_a_code_that_set_the_app_up_does_not_open_a_second_session(desk_client):
    employee = make_staff(app=False)
    give_password(desk_client, employee)
    page = desk_client.get("/beveiliging/app/").content.decode()
    secret = re.search(r'class="zb-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    used = code(secret=secret)
    desk_client.post("/beveiliging/app/", {"code": used})
    other = DeskClient("desk", "zorgbalie_desk")
    give_password(other, employee)
    assert "al gebruikt" in give_code(other, used).content.decode()


def test_a_password_session_from_before_the_set_up_is_ended(desk_client):
    employee = make_staff(app=False)
    give_password(desk_client, employee)
    thief = DeskClient("desk", "zorgbalie_desk")
    give_password(thief, employee)
    page = desk_client.get("/beveiliging/app/").content.decode()
    secret = re.search(r'class="zb-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    desk_client.post("/beveiliging/app/", {"code": code(secret=secret)})
    assert thief.get("/beveiliging/passkey/")["Location"].startswith("/inloggen/")


def test_recovery_code_opens_the_desk_once(desk_client):
    employee = make_staff()
    sign_in(desk_client, employee)
    desk_client.post("/inloggen/opnieuw/", {"password": PASSWORD})
    desk_client.post("/beveiliging/herstelcodes/nieuw/")
    codes = re.findall(r"<li>(\d{8})</li>", desk_client.get("/beveiliging/herstelcodes/").content.decode())
    for opens in (True, False):
        desk_client.post("/uitloggen/")
        give_password(desk_client, employee)
        assert (give_code(desk_client, codes[3]).status_code == 302) is opens


def test_changing_how_one_signs_in_asks_for_the_password_again(desk_client):
    employee = make_staff()
    sign_in(desk_client, employee)
    for path in ("/beveiliging/passkey/", "/beveiliging/app/verwijderen/", "/beveiliging/herstelcodes/nieuw/"):
        assert desk_client.get(path)["Location"].startswith("/inloggen/opnieuw/"), path
    assert desk_client.post("/inloggen/opnieuw/", {"password": "verkeerd-wachtwoord"}).status_code == 200
    assert desk_client.get("/beveiliging/passkey/").status_code == 302
    desk_client.post("/inloggen/opnieuw/", {"password": PASSWORD})
    assert desk_client.get("/beveiliging/passkey/").status_code == 200


def test_row_23_the_last_second_factor_cannot_be_taken_away(desk_client):
    employee = make_staff()
    sign_in(desk_client, employee)
    desk_client.post("/inloggen/opnieuw/", {"password": PASSWORD})
    assert desk_client.post("/beveiliging/app/verwijderen/").status_code == 302
    assert Authenticator.objects.filter(user=employee.user, type="totp").exists()
    assert "enige tweede stap" in desk_client.get("/beveiliging/").content.decode()


def _make_passkey(client, key):
    page = client.get("/beveiliging/passkey/").content.decode()
    return client.post("/beveiliging/passkey/", {"name": "Laptop", "credential": key.create(page)})


def test_passkey_is_made_and_opens_the_desk(desk_client):
    employee, key = make_staff(app=False), SoftPasskey("testserver")
    give_password(desk_client, employee)
    assert _make_passkey(desk_client, key)["Location"] == "/beveiliging/herstelcodes/"
    assert desk_client.get("/beheer/praktijk/").status_code == 200
    desk_client.post("/uitloggen/")
    give_password(desk_client, employee)
    page = desk_client.get("/inloggen/code/").content.decode()
    answer = desk_client.post("/inloggen/code/", {"credential": key.answer(page)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert desk_client.get("/beheer/praktijk/").status_code == 200


def test_passkey_of_somebody_else_or_an_old_answer_opens_nothing(desk_client):
    employee, key = make_staff(app=False), SoftPasskey("testserver")
    give_password(desk_client, employee)
    _make_passkey(desk_client, key)
    desk_client.post("/uitloggen/")
    give_password(desk_client, employee)
    page = desk_client.get("/inloggen/code/").content.decode()
    stranger, forger = SoftPasskey("testserver"), SoftPasskey("testserver")
    forger.identifier = key.identifier  # names the right key, signs with another
    for wrong in (stranger, forger):
        assert desk_client.post("/inloggen/code/", {"credential": wrong.answer(page)}).status_code == 200
        page = desk_client.get("/inloggen/code/").content.decode()
    old = key.answer(page)
    desk_client.get("/inloggen/code/")
    assert desk_client.post("/inloggen/code/", {"credential": old}).status_code == 200
    assert desk_client.get("/beheer/praktijk/").status_code == 302


@pytest.mark.parametrize(
    "rubbish", ["", "{}", "[]", "null", '{"id": 1}', "x", '{"response": {"clientDataJSON": "%%"}}']
)
def test_row_32_rubbish_in_place_of_a_passkey_is_refused(desk_client, rubbish):
    employee, key = make_staff(app=False), SoftPasskey("testserver")
    give_password(desk_client, employee)
    assert desk_client.post("/beveiliging/passkey/", {"name": "x", "credential": rubbish}).status_code == 200
    _make_passkey(desk_client, key)
    desk_client.post("/uitloggen/")
    give_password(desk_client, employee)
    assert desk_client.post("/inloggen/code/", {"credential": rubbish}).status_code == 200


def test_a_second_passkey_can_be_removed_and_that_of_somebody_else_cannot(desk_client):
    employee, other = make_staff(), make_staff(app=False)
    client = DeskClient("desk", "zorgbalie_desk")
    give_password(client, other)
    _make_passkey(client, SoftPasskey("testserver"))
    foreign = Authenticator.objects.get(user=other.user, type="webauthn")
    sign_in(desk_client, employee)
    desk_client.post("/inloggen/opnieuw/", {"password": PASSWORD})
    _make_passkey(desk_client, SoftPasskey("testserver"))
    own = Authenticator.objects.get(user=employee.user, type="webauthn")
    assert desk_client.post(f"/beveiliging/passkey/{foreign.pk}/verwijderen/").status_code == 404
    assert desk_client.post(f"/beveiliging/passkey/{own.pk}/verwijderen/").status_code == 302
    assert list(Authenticator.objects.filter(type="webauthn")) == [foreign]
