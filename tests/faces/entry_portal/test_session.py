"""What a new session takes over from the one before it: nothing but an address of our own (rows 16, 17, 31)."""

from importlib import import_module

import pytest
from django.conf import settings
from django.test import override_settings

from tests.factories import world
from zorgbalie.people.models import PatientSession

pytestmark = pytest.mark.django_db
COOKIE = "zorgbalie-portal"


def session_of(client):
    with override_settings(**client.face_settings):
        return import_module(settings.SESSION_ENGINE).SessionStore(client.cookies[COOKIE].value)


def begin(client):
    return client.post("/inloggen/digid/").url.split("token=")[1]


def complete(client, token, person):
    return client.get("/inloggen/terug/", {"token": token, "bsn": person.bsn, "level": "SUBSTANTIEEL"})


def test_row16_the_session_of_before_sign_in_is_dead_and_nothing_of_it_is_left(portal_client):
    token = begin(portal_client)
    before = session_of(portal_client)
    before["planted"] = "by somebody else"
    before.save()
    assert complete(portal_client, token, world.make_person()).status_code == 302
    after = session_of(portal_client)
    assert after.session_key != before.session_key
    assert "planted" not in after
    assert not PatientSession.objects.filter(session_key=before.session_key).exists()


@pytest.mark.parametrize(
    ("planted", "target"),
    [
        ("/toegang/", "/toegang/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("http://testserver/toegang/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_row31_after_sign_in_one_lands_on_a_page_of_this_portal(portal_client, planted, target):
    token = begin(portal_client)
    session = session_of(portal_client)
    session["next"] = planted
    session.save()
    assert complete(portal_client, token, world.make_person()).url == target


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ({}, "/toegang/"),
        ({"Sec-Fetch-Dest": "document"}, "/toegang/"),
        ({"Sec-Fetch-Dest": "image"}, "/"),
        ({"Sec-Fetch-Dest": "empty", "HX-Request": "true"}, "/"),
    ],
)
def test_ux8_one_comes_back_to_a_page_and_not_to_a_part_of_one(portal_client, headers, target):
    portal_client.get("/toegang/", headers=headers)
    token = begin(portal_client)
    assert complete(portal_client, token, world.make_person()).url == target


def test_ux25_help_keeps_the_menu_and_the_number_for_who_is_signed_in(portal_client):
    assert 'class="zb-nav"' not in portal_client.get("/hulp/").content.decode()
    patient, practice = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    page = portal_client.get("/hulp/").content.decode()
    header = page.partition("</header>")[0]
    assert 'class="zb-nav"' in header
    assert practice.phone in header
