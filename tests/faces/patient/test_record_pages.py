"""The record's pages in the portal's own database role."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, local_date

pytestmark = pytest.mark.django_db
TODAY = local_date(current_moment())
LISTS = ("overview", "episodes", "contacts", "values", "allergies", "medicines")


def href(name, *args):
    return reverse(f"patient_record_{name}", urlconf="zorgbalie.config.urls.portal", args=args)


def fill(patient, practice, rows=1):
    for number in range(rows):
        episode = world.make_episode(patient, practice, title=f"Klacht {number}")
        contact = world.make_encounter(patient, practice, started_on=TODAY - timedelta(days=number))
        for soep in "SOEP":
            world.make_entry(contact, episode, soep=soep, text=f"Tekst {soep}-regel {number}")
        world.make_observation(patient, practice, code=str(number), observed_on=TODAY - timedelta(days=number))
        world.make_allergy(patient, practice)
        world.make_medication(patient, practice)
    return episode, contact


@pytest.mark.parametrize("name", LISTS)
def test_each_page_opens(portal_client, name):
    patient, practice = world.make_patient_with_open_record()
    fill(patient, practice)
    portal_client.sign_in(patient)
    answer = portal_client.get(href(name))
    assert answer.status_code == 200
    assert practice.name in answer.content.decode()
