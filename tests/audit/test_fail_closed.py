"""No line, no look: when the log cannot be written, nothing is shown (security row 42)."""

from datetime import date

import pytest
from django.db import connection

from tests.factories import world
from zorgbalie.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_row_42_page_answers_503_and_shows_nothing_when_insert_is_revoked(portal_client):
    patient, practice = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    shown = portal_client.get("/logboek/")
    assert (shown.status_code, AuditEvent.objects.filter(patient_id=patient.pk).count()) == (200, 1)
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_auditevent FROM zorgbalie_portal")
    refused = portal_client.get("/logboek/")
    assert refused.status_code == 503
    assert practice.name not in refused.content.decode()
    assert AuditEvent.objects.filter(patient_id=patient.pk).count() == 1


def test_row_42_name_of_the_person_acted_for_is_not_shown_either(portal_client):
    child, practice = world.make_patient_with_open_record(given_name="Sem", birth_date=date(2020, 1, 1))
    parent = world.make_person()
    world.enrol(parent, practice)
    world.represent(parent, child)
    portal_client.sign_in(parent, subject=child)
    assert "Sem" in portal_client.get("/logboek/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_auditevent FROM zorgbalie_portal")
    refused = portal_client.get("/logboek/")
    assert refused.status_code == 503
    assert "Sem" not in refused.content.decode()
