"""A practice's own colour at both faces: a style sheet per colour, which a shared cache may keep (REQ 88; row 36)."""

from datetime import timedelta

import pytest

from tests.factories import world
from zorgbalie.faces.entry import patient_session, staff_session

pytestmark = pytest.mark.django_db
SHEET = "/huisstijl/7a1f4b.css"


@pytest.fixture(params=["portal", "desk"])
def client(request, portal_client, desk_client):
    """Somebody signed in at a practice with a colour of its own, at each face."""
    patient, practice = world.make_patient_with_open_record(world.make_practice(brand_color="#7A1F4B"))
    if request.param == "portal":
        portal_client.sign_in(patient)
        return portal_client
    desk_client.sign_in(world.make_employee(practice))
    return desk_client


def test_req88_pages_lead_to_the_sheet_of_the_practices_colour(client):
    page = client.get("/").content.decode()
    assert f'<link rel="stylesheet" href="{SHEET}">' in page
    assert 'style="' not in page
    assert "<style" not in page


def test_the_sheet_holds_properties_alone_and_the_policy_stays_strict(client):
    answer = client.get(SHEET)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert b"--zb-brand:" in answer.content
    assert b"url(" not in answer.content
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_row36_a_shared_cache_keeps_nothing_of_who_asked(client, monkeypatch):
    for module in (patient_session, staff_session):
        monkeypatch.setattr(module, "_SEEN_STEP", timedelta(0))  # every request renews the session's cookie
    assert client.get("/").cookies
    answer = client.get(SHEET)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_row36_a_page_itself_is_never_kept(client):
    assert client.get("/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("colour", ["", "rood", "#fff", "#12345g", "red;}*{", "../../a"])
def test_row26_what_is_no_colour_gives_no_sheet(portal_client, colour):
    patient, practice = world.make_patient_with_open_record()
    type(practice).objects.filter(pk=practice.pk).update(brand_color=colour)
    portal_client.sign_in(patient)
    assert "/huisstijl/" not in portal_client.get("/").content.decode()


@pytest.mark.parametrize("name", ["rood", "0b556", "0b55639", "zzzzzz"])
def test_row32_an_address_without_a_colour_does_not_exist(portal_client, name):
    assert portal_client.get(f"/huisstijl/{name}.css").status_code == 404
