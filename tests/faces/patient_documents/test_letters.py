"""Letters at the portal: list, page, file, home and overview; nobody else's (REQ 18; R4, R13, R14; rows 8, 26, 27)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import DeskClient, PortalClient
from tests.factories import documents, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.practice.models import Enrolment
from zorgbalie.record.models import Document

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"
LIST = "/dossier/brieven/"


class Portal:
    """A patient with one letter that is shared and one that is not."""

    def __init__(self, client):
        self.client = client
        self.patient, self.practice = world.make_patient_with_open_record()
        documents.switch_on(self.practice)
        values = {"title": f"Cardioloog {XSS}", "explanation": f"Uw hart is goed. {XSS}", "author_name": f"AMC {XSS}"}
        self.letter = self.make(state="shared", published_at=current_moment(), **values)
        self.hidden = self.make(title="Nog niet gedeeld")
        client.sign_in(self.patient)

    def make(self, **values):
        return documents.make_document(self.patient, self.practice, **values)

    def text(self, path=LIST, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    @property
    def page(self):
        return f"{LIST}{self.letter.pk}/"

    @property
    def file(self):
        return f"{LIST}{self.letter.pk}/openen/"


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_req18_list_and_page_show_what_is_shared_with_the_explanation_on_top(portal):
    text = portal.text()
    assert "Cardioloog" in text
    assert "Nog niet gedeeld" not in text
    page = portal.text(portal.page)
    assert page.index("Uw hart is goed.") < page.index("Open de brief")
    assert "1 oktober 2026" in page
    assert portal.file in page


def test_row26_texts_of_staff_and_senders_stay_text(portal):
    for path in (LIST, portal.page, "/dossier/", "/"):
        assert "<script>alert" not in portal.text(path)


def test_row27_file_is_saved_under_its_clean_name_and_has_no_power(portal):
    answer = portal.client.get(portal.file)
    assert answer.content == b"Beste collega, "
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Accept-Ranges"] == "none"


def test_row30_strange_name_makes_no_header(portal):
    Document.objects.filter(pk=portal.letter.pk).update(file_name='Één "brief".pdf')
    header = portal.client.get(portal.file).headers["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''")
    assert "\n" not in header


def others(portal):
    """Six others who could have the address: each as a client that is signed in."""
    stranger = world.make_patient_with_open_record(portal.practice)[0]
    elsewhere = world.make_patient_with_open_record()[0]
    young = world.make_person(birth_date=date(2020, 1, 1))
    world.enrol(young, portal.practice, portal.practice.accounts.first())
    closed = world.make_person()
    world.enrol(closed, portal.practice, portal.practice.accounts.first())
    parent = world.make_person()
    world.represent(parent, young)
    for person, subject in ((stranger, None), (elsewhere, None), (young, None), (closed, None), (parent, young)):
        client = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
        client.sign_in(person, subject=subject)
        yield client
    pretender = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
    pretender.sign_in(stranger, subject=portal.patient)
    yield pretender


def test_row8_address_of_a_file_gives_others_nothing_by_any_method(portal):
    tried = 0
    for client in others(portal):
        for path in (portal.file, portal.page):
            for answer in (
                client.get(path), client.head(path), client.get(path, headers={"Range": "bytes=0-4"}),
                client.get(path, headers={"If-Range": "x", "Range": "bytes=0-"}), client.options(path),
                client.post(path, {}), client.put(path),
            ):  # fmt: skip
                tried += 1
                assert answer.status_code in (404, 405, 403), (path, answer.status_code)
                assert b"Beste collega" not in answer.content
    assert tried == 6 * 2 * 7


def test_row8_same_address_is_dead_once_the_relation_ended_or_sharing_stopped(portal):
    assert portal.client.get(portal.file).status_code == 200
    Document.objects.update(state="withdrawn")
    portal.text(portal.file, status=404)
    Document.objects.update(state="shared", published_at=world.MOMENT)
    assert portal.client.get(portal.file).status_code == 200
    Enrolment.objects.update(ended_at=world.MOMENT)
    portal.text(portal.file, status=404)


def test_row8_a_range_gets_no_part_and_head_no_body(portal):
    part = portal.client.get(portal.file, headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.content) == (200, b"Beste collega, ")
    assert portal.client.head(portal.file).content == b""


def test_row9_hidden_and_missing_are_alike(portal):
    hidden = portal.client.get(f"{LIST}{portal.hidden.pk}/")
    missing = portal.client.get(f"{LIST}987654321/")
    assert hidden.status_code == missing.status_code == 404
    here = hidden.content.replace(f"{LIST}{portal.hidden.pk}/".encode(), b"")
    assert len(here) == len(missing.content.replace(f"{LIST}987654321/".encode(), b""))


def test_r13_opening_the_file_has_a_line_of_its_own_in_plain_words(portal):
    portal.client.get(portal.page)
    portal.client.get(portal.file)
    events = list(AuditEvent.objects.order_by("pk").values_list("event", "object_type", "object_id"))
    number = str(portal.letter.pk)
    assert events == [("letter.read", "document", number), ("letter.open", "document", number)]
    log = portal.text("/logboek/")
    assert "bekeek een brief" in log
    assert "opende een brief" in log


def test_home_names_a_new_letter_without_its_title_until_it_was_opened(portal):
    home = portal.text("/")
    assert "Nieuwe brief" in home
    assert "Cardioloog" not in home
    assert portal.page in home
    portal.client.get(portal.page)
    assert "Nieuwe brief" not in portal.text("/")


def test_overview_has_letters_only_where_they_are_open(portal):
    assert LIST in portal.text("/dossier/")
    portal.practice.accounts.update(facilities=["medication"])
    assert LIST not in portal.text("/")
    portal.text(portal.page, status=404)


def test_empty_list_explains_itself(portal):
    Document.objects.update(state="private")
    assert "Hier staan geen brieven" in portal.text()


@pytest.mark.parametrize("rows", [1, 10_000])
def test_ten_thousand_letters_cost_as_many_queries_as_one(portal, rows):
    """The files stand apart, so a long list stays light."""
    Document.objects.bulk_create(
        Document(
            patient=portal.patient, practice=portal.practice, title=f"Brief {number}", category="discharge",
            direction="in", document_date=date(2026, 1, 1), file_name="a.pdf", media_type="application/pdf", size=1,
            sha256="x", source="upload", source_key=f"veel:{number}", virus_state="clean", state="shared",
            published_at=world.MOMENT,
        )
        for number in range(rows)
    )  # fmt: skip
    desk = DeskClient("desk", "zorgbalie_desk")
    desk.sign_in(world.make_employee(portal.practice, role=StaffRole.NURSE))
    counted = []
    for client, path in ((portal.client, f"{LIST}?page=2"), (desk, f"/documenten/{portal.patient.pk}/?page=3")):
        client.get(path)
        with client.stay(), CaptureQueriesContext(connection) as captured:
            assert client.get(path if rows > 1 else path.partition("?")[0]).status_code == 200
        counted.append(len([one for one in captured if "SAVEPOINT" not in one["sql"] and "ROLE" not in one["sql"]]))
    assert counted == [8, 11]
    last = f"{LIST}?page=501" if rows > 1 else LIST
    assert "Brief" in portal.text(last)
