"""The page `Dossier opslaan` and its downloads (REQ 10, 22; R14; security rows 8, 13, 24, 27, 32, 48)."""

from datetime import timedelta

import pytest

from tests.conftest import as_role
from tests.factories import world
from tests.factories.exports import make_export
from zorgbalie.exchange import tasks
from zorgbalie.exchange.models import RecordExport
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import Account
from zorgbalie.record.models import Episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(portal_client):
    person, practice = world.make_patient_with_open_record()
    world.make_episode(person, practice, title="Rughernia")
    portal_client.sign_in(person)
    return person, practice


def make_all():
    for row in RecordExport.objects.filter(state="asked"):
        with as_role("zorgbalie_worker"):
            tasks.make_export(row.pk, row.patient_id)


def test_req10_it_stands_in_the_main_menu_with_the_log_beside_it(portal_client, patient):
    assert 'href="/opslaan/"' in portal_client.get("/").content.decode()
    text = portal_client.get("/opslaan/").content.decode()
    assert 'id="loggegevens"' in text
    assert 'href="/logboek/pdf/"' in text
    assert "Er zijn nog geen bestanden gemaakt" in text


@pytest.mark.parametrize(
    ("kind", "content_type", "start"),
    [("pdf", "application/pdf", b"%PDF-"), ("fhir", "application/fhir+json", b'{"resourceType":"Bundle"')],
)
def test_asked_made_and_downloaded_without_script(portal_client, patient, kind, content_type, start):
    answer = portal_client.post("/opslaan/maken/", {"kind": kind})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/opslaan/")
    waiting = portal_client.get("/opslaan/").content.decode()
    assert "Kijk opnieuw" in waiting
    assert "Het begint zo" in waiting
    make_all()
    export = RecordExport.objects.get()
    assert f'href="/opslaan/{export.pk}/download/"' in portal_client.get("/opslaan/").content.decode()
    file = portal_client.get(f"/opslaan/{export.pk}/download/")
    assert (file.status_code, file.headers["Content-Type"]) == (200, content_type)
    assert file.content.startswith(start)
    assert file.headers["Content-Disposition"].startswith('attachment; filename="dossier-20')
    assert (file.headers["X-Content-Type-Options"], file.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Gedownload op" in portal_client.get("/opslaan/").content.decode()


def test_part_that_changes_asks_again_only_while_something_is_made(portal_client, patient):
    portal_client.post("/opslaan/maken/", {"kind": "pdf"})
    assert "hx-trigger" in portal_client.get("/opslaan/stand/").content.decode()
    make_all()
    text = portal_client.get("/opslaan/stand/").content.decode()
    assert "hx-trigger" not in text
    assert "Download het document" in text


def test_row48_clicked_twice_is_one_file(portal_client, patient):
    for _ in range(2):
        portal_client.post("/opslaan/maken/", {"kind": "pdf"})
    assert RecordExport.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "xml", "\x00", "pdf\x00", "9" * 500])
def test_row32_a_kind_that_does_not_exist_is_refused_on_the_page(portal_client, patient, kind):
    answer = portal_client.post("/opslaan/maken/", {"kind": kind})
    assert answer.status_code == 422
    assert "Kies een soort bestand." in answer.content.decode()
    assert not RecordExport.objects.exists()


def test_after_many_files_in_a_day_the_page_says_so(portal_client, patient):
    for _ in range(10):
        make_export(*patient, state="expired")
    answer = portal_client.post("/opslaan/maken/", {"kind": "pdf"})
    assert answer.status_code == 422
    assert "U vroeg vandaag al om veel bestanden." in answer.content.decode()


def test_failed_file_can_be_tried_again(portal_client, patient):
    make_export(*patient, state="failed", fault="broken")
    text = portal_client.get("/opslaan/").content.decode()
    assert "Het is niet gelukt." in text
    assert "Probeer opnieuw" in text


def test_r14_without_online_access_nothing_is_offered_made_or_given(portal_client, patient):
    export = make_export(*patient, content=b"geheim")
    assert portal_client.get(f"/opslaan/{export.pk}/download/").content == b"geheim"
    Account.objects.update(facilities=[])
    assert 'href="/opslaan/"' not in portal_client.get("/").content.decode()
    assert "Maak het document" not in portal_client.get("/opslaan/").content.decode()
    assert portal_client.post("/opslaan/maken/", {"kind": "pdf"}).status_code == 404
    assert portal_client.get("/opslaan/stand/").status_code == 404
    assert portal_client.get(f"/opslaan/{export.pk}/download/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_row8_over_not_ready_of_somebody_else_and_absent_are_alike(portal_client, patient, method):
    now = current_moment()
    other, practice = world.make_patient_with_open_record()
    rows = [
        make_export(*patient, content=b"geheim", expires_at=now - timedelta(days=1)),
        make_export(*patient),
        make_export(other, practice, content=b"geheim"),
    ]
    for number in [*(row.pk for row in rows), 987654321]:
        answer = getattr(portal_client, method)(f"/opslaan/{number}/download/", headers={"Range": "bytes=0-1"})
        assert answer.status_code == 404
        assert b"geheim" not in answer.content


def test_r3_file_that_holds_what_was_hidden_since_leads_back_to_the_page(portal_client, patient):
    portal_client.post("/opslaan/maken/", {"kind": "pdf"})
    make_all()
    Episode.objects.update(visible_to_patient=False)
    export = RecordExport.objects.get()
    answer = portal_client.get(f"/opslaan/{export.pk}/download/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/opslaan/")
    assert "Dit bestand klopt niet meer" in portal_client.get("/opslaan/").content.decode()


def test_row15_for_a_child_the_page_shows_no_log_of_ones_own(portal_client, patient):
    child, _ = world.make_patient_with_open_record(birth_date=current_moment().date() - timedelta(days=2000))
    world.represent(patient[0], child)
    portal_client.sign_in(patient[0], subject=child)
    text = portal_client.get("/opslaan/").content.decode()
    assert 'id="loggegevens"' not in text
    portal_client.post("/opslaan/maken/", {"kind": "pdf"})
    row = RecordExport.objects.get()
    assert (row.patient_id, row.asked_by_id) == (child.pk, patient[0].pk)
