"""Signing in at the portal (REQ 1, 2; security rows 16, 20, 22, 31, 64)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.people.models import PatientSession

pytestmark = pytest.mark.django_db
HOME = "/"


def _walk(client, bsn, level="SUBSTANTIEEL", **extra):
    """From the button to the answer of the stand-in."""
    step = client.post("/inloggen/digid/")
    token = step.url.split("token=")[1]
    return client.get("/inloggen/terug/", {"token": token, "bsn": bsn, "level": level, **extra})


def test_req1_verified_bsn_signs_in_with_new_session_and_line(portal_client):
    person = world.make_person()
    before = portal_client.get("/inloggen/").cookies
    answer = _walk(portal_client, person.bsn)
    assert (answer.status_code, answer.url) == (302, HOME)
    assert portal_client.cookies["zorgbalie-portal"].value not in {cookie.value for cookie in before.values()}
    line = AuditEvent.objects.get(event="sign_in")
    assert (line.outcome, line.patient_id, line.assurance_level) == ("0", person.pk, "substantieel")


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"level": "MIDDEN"}, 403, "niet sterk genoeg"),
        ({"level": "nonsense"}, 403, "ging iets mis"),
        ({"bsn": "999990019"}, 403, "heeft u ingeschreven"),
        ({"cancel": "1"}, 403, "gestopt bij DigiD"),
        ({"token": "of-another-browser"}, 403, "ging iets mis"),
    ],
)
def test_row20_row64_refusals_are_explained_logged_and_sign_nobody_in(portal_client, given, status, words):
    person = world.make_person()
    answer = _walk(portal_client, given.pop("bsn", person.bsn), given.pop("level", "SUBSTANTIEEL"), **given)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert portal_client.post("/doorgaan/").status_code == 302
    assert AuditEvent.objects.get(event="sign_in").outcome == "4"


def test_row64_a_person_whose_bsn_no_practice_verified_is_unknown(portal_client):
    person = world.make_person(bsn_verified_at=None)
    assert _walk(portal_client, person.bsn).status_code == 403


def test_row16_signing_out_kills_the_session_on_the_server(portal_client):
    person = world.make_person()
    _walk(portal_client, person.bsn)
    copied = portal_client.cookies["zorgbalie-portal"].value
    portal_client.post("/uitloggen/")
    assert not PatientSession.objects.filter(session_key=copied).exists()
    portal_client.cookies["zorgbalie-portal"] = copied
    assert portal_client.get("/dossier/").status_code in (302, 404)
    assert AuditEvent.objects.filter(event="sign_out").count() == 1


@pytest.mark.parametrize(("idle", "ended"), [(timedelta(minutes=14), False), (timedelta(minutes=16), True)])
def test_row22_session_ends_after_fifteen_idle_minutes(portal_client, idle, ended):
    person = world.make_person()
    with time_machine.travel("2026-11-24 10:00", tick=False) as clock:
        _walk(portal_client, person.bsn)
        clock.shift(idle)
        answer = portal_client.get("/inloggen/")
        assert (answer.status_code == 200) is ended


def test_row22_session_ends_after_its_absolute_limit_although_it_is_used(portal_client):
    person = world.make_person()
    with time_machine.travel("2026-11-24 08:00", tick=False) as clock:
        _walk(portal_client, person.bsn)
        for _ in range(25):
            clock.shift(timedelta(minutes=10))
            portal_client.post("/doorgaan/")
        assert portal_client.get("/inloggen/").status_code == 200


def test_a_reader_returns_to_the_page_he_asked_for_but_never_to_another_host(portal_client):
    person = world.make_person()
    portal_client.get("/doorgaan/")
    assert _walk(portal_client, person.bsn).url == "/doorgaan/"


def test_represented_person_counts_only_where_a_practice_registered_it(portal_client, settings):
    parent, child = world.make_person(), world.make_person(birth_date="2018-09-02")
    from tests.conftest import as_role
    from zorgbalie.access.actions.sign_in import NotRepresented, sign_in_patient
    from zorgbalie.access.unit_of_work import unit_of_work
    from zorgbalie.kernel.assurance import AssuranceLevel
    from zorgbalie.kernel.clock import current_moment

    def sign_in():
        with as_role("zorgbalie_portal"), unit_of_work(None):
            return sign_in_patient(
                acting_bsn=parent.bsn, subject_bsn=child.bsn, level=AssuranceLevel.HOOG, connection="oidc",
                address="", now=current_moment(),
            )  # fmt: skip

    with pytest.raises(NotRepresented):
        sign_in()
    world.represent(parent, child)
    assert sign_in().subject_id == child.pk


def test_row21_stand_in_page_says_that_it_is_not_digid(portal_client):
    page = portal_client.get(reverse("entry_standin", urlconf="zorgbalie.config.urls.portal")).content.decode()
    assert "Dit is niet DigiD" in page
