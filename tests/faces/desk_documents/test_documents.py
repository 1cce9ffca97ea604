"""Documents at the desk: list, add, share, withdraw; and the settings (REQ 18, 65, 90; R4, R14; rows 6, 7, 26, 32)."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import documents, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import Document, DocumentContent, DocumentSharing
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Desk:
    """A doctor at the desk, and the patient at the portal."""

    def __init__(self, client, portal):
        self.client, self.portal = client, portal
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        self.home = f"/documenten/{self.patient.pk}/"
        documents.switch_on(self.practice)
        client.sign_in(self.doctor)
        portal.sign_in(self.patient)

    def make(self, **values):
        return documents.make_document(self.patient, self.practice, **values)

    def text(self, path="", status=200):
        answer = self.client.get(self.home + path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.content.decode()

    def upload(self, content=None, name="brief.pdf", **values):
        data = {
            "once": str(uuid4()), "title": "Brief", "category": "discharge", "direction": "in",
            "document_date": "2026-10-01", "author_name": "Ziekenhuis", **values,
        }  # fmt: skip
        if content != b"nothing":
            data["file"] = SimpleUploadedFile(name, documents.pdf() if content is None else content)
        return self.client.post(f"{self.home}nieuw/", data)

    def publish(self, row, explanation="", doen="publiceren", **values):
        row.refresh_from_db()
        data = {"revision": row.revision, "explanation": explanation, "doen": doen, **values}
        return self.client.post(f"{self.home}{row.pk}/publiceren/", data)

    def patient_sees(self, row):
        return self.portal.get(f"/dossier/brieven/{row.pk}/").status_code == 200


@pytest.fixture
def desk(desk_client, portal_client):
    return Desk(desk_client, portal_client)


def test_list_explains_itself_when_it_is_empty(desk):
    assert "Nog geen brieven of documenten" in desk.text()
    assert "Niets gevonden" in desk.text("?q=hart")


def test_list_filters_searches_and_sorts(desk):
    desk.make(title="Hartfilm", category="radiology", direction="out", document_date=date(2026, 1, 2))
    desk.make(title="Ontslag", category="discharge", state="shared", document_date=date(2026, 3, 4))
    text = desk.text()
    assert text.index("Ontslag</a>") < text.index("Hartfilm</a>")
    text = desk.text("?sort=oud")
    assert text.index("Hartfilm</a>") < text.index("Ontslag</a>")
    for query, found in (
        ("?q=hart", "Hartfilm"), ("?soort=discharge", "Ontslag"), ("?richting=out", "Hartfilm"),
        ("?gedeeld=shared", "Ontslag"), ("?gedeeld=private", "Hartfilm"),
    ):  # fmt: skip
        text = desk.text(query)
        assert [one for one in ("Hartfilm", "Ontslag") if f"{one}</a>" in text] == [found], query
    assert desk.client.get(f"{desk.home}?soort=x&richting=y&gedeeld=z&page=x&q=%00&sort=%00").status_code == 200


def test_upload_puts_a_document_in_the_record_that_the_patient_does_not_see(desk):
    answer = desk.upload(title=f"Brief {XSS}")
    row = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{desk.home}{row.pk}/")
    text = desk.text(f"{row.pk}/")
    assert "niet op virussen gecontroleerd" in text
    assert "<script>alert" not in text
    assert not desk.patient_sees(row)
    assert desk.client.get(f"{desk.home}{row.pk}/bestand/").content == documents.pdf()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"content": b"nothing"}, "Kies een bestand."),
        ({"content": b""}, "Dit bestand is leeg."),
        ({"content": b"<svg onload=alert(1)/>", "name": "a.svg"}, "Sla het eerst op als PDF."),
        ({"content": documents.pdf(), "name": "a.jpg"}, "past niet bij wat erin zit"),
        ({"content": documents.pdf(b"<< /S /JavaScript >>")}, "Print de brief opnieuw naar PDF."),
        ({"title": ""}, "Vul in wat voor document dit is."),
        ({"title": "a\0b"}, ""),
        ({"title": "x" * 100_000}, ""),
        ({"category": "van alles"}, ""),
        ({"category": ""}, "Kies een soort."),
        ({"direction": ""}, "Kies ontvangen of verstuurd."),
        ({"document_date": "2099-01-01"}, "Kies een dag die niet in de toekomst ligt."),
        ({"document_date": "31-31-2026"}, "Vul een datum in"),
        ({"once": "geen nummer"}, ""),
    ],
)
def test_row32_bad_upload_gets_a_sentence_at_the_field_and_keeps_the_texts(desk, values, words):
    answer = desk.upload(**{"author_name": "Ziekenhuis Oost", **values})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Ziekenhuis Oost" in text
    assert 'aria-invalid="true"' in text or "once" in values
    assert (Document.objects.count(), DocumentContent.objects.count()) == (0, 0)
    assert not AuditEvent.objects.filter(event="document.add").exists()


def test_rows27_33_file_that_is_far_too_large_is_let_go_while_it_comes_in(desk, settings):
    settings.DOCUMENT_MAX_BYTES = 1_000_000
    answer = desk.upload(documents.pdf() + b" " * 9_000_000)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit bestand is te groot. Het mag 1 MB zijn." in text
    assert "Kies een bestand." not in text
    assert not answer.wsgi_request.FILES
    assert not Document.objects.exists()


def test_double_click_is_one_document(desk):
    once = str(uuid4())
    places = {desk.upload(once=once)["Location"] for _ in range(2)}
    assert (len(places), Document.objects.count()) == (1, 1)


def test_same_form_with_another_file_is_another_document(desk):
    """After the browser's Back: nothing that somebody chose is dropped in silence."""
    once = str(uuid4())
    places = {desk.upload(once=once)["Location"], desk.upload(b"Andere brief", name="b.txt", once=once)["Location"]}
    assert (len(places), Document.objects.count()) == (2, 2)


def test_row30_title_and_sender_cannot_turn_or_break_a_line(desk):
    desk.upload(title="Brief\u202e van\u200b  de\tarts", author_name="A\u2066MC")
    row = Document.objects.get()
    assert (row.title, row.author_name) == ("Brief van de arts", "AMC")


def test_row7_fields_that_are_not_in_the_form_are_not_set(desk):
    desk.upload(state="shared", virus_state="clean", patient_id=1, explanation="x", media_type="text/html")
    row = Document.objects.get()
    assert (row.state, row.virus_state, row.patient_id, row.explanation, row.media_type) == (
        "private", "unchecked", desk.patient.pk, "", "application/pdf",
    )  # fmt: skip


def test_row27_file_at_the_desk_is_saved_and_has_no_power(desk):
    row = desk.make(content=documents.pdf(), media_type="application/pdf", file_name="brief.pdf")
    answer = desk.client.get(f"{desk.home}{row.pk}/bestand/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_req65_publishing_shows_exactly_what_the_patient_then_sees(desk):
    row = desk.make(title="Brief van de cardioloog")
    page = desk.text(f"{row.pk}/publiceren/")
    assert "Deel dit document" in page
    looked = desk.publish(row, f"Uw hart is gezond. {XSS}", doen="voorbeeld").content.decode()
    assert "Uw hart is gezond." in looked.split('id="voorbeeld"')[1]
    assert "<script>alert" not in looked
    assert not desk.patient_sees(row)
    part = desk.client.post(
        f"{desk.home}{row.pk}/publiceren/",
        {"revision": 0, "explanation": "Met uitleg"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert part.lstrip().startswith("<section")
    answer = desk.publish(row, "Uw hart is gezond.")
    assert (answer.status_code, answer["Location"]) == (302, f"{desk.home}{row.pk}/")
    assert desk.patient_sees(row)
    theirs = desk.portal.get(f"/dossier/brieven/{row.pk}/").content.decode()
    for words in ("Uw hart is gezond.", "Brief van de specialist", "Brief van de cardioloog", "1 oktober 2026"):
        assert words in theirs
        assert words in looked


def test_withdrawing_asks_once_more_and_then_hides(desk):
    row = desk.make(state="shared")
    assert "ziet" in desk.text(f"{row.pk}/intrekken/")
    assert desk.client.post(f"{desk.home}{row.pk}/intrekken/", {"revision": 0}).status_code == 302
    assert not desk.patient_sees(row)
    again = desk.client.post(f"{desk.home}{row.pk}/intrekken/", {"revision": 0}, follow=True).content.decode()
    assert "net gewijzigd" in again


def test_r4_epd_transfer_is_not_offered_and_refused(desk):
    row = desk.make(category="epd_transfer")
    text = desk.text(f"{row.pk}/")
    assert "deelt u nooit met de patiënt" in text
    assert "publiceren" not in text
    assert desk.client.get(f"{desk.home}{row.pk}/publiceren/").status_code == 302
    assert desk.publish(row).status_code == 302
    row.refresh_from_db()
    assert (row.state, desk.patient_sees(row)) == ("private", False)
    assert "epd_transfer" not in desk.client.get("/beheer/correspondentie/").content.decode()


def test_r14_desk_is_told_that_the_patient_does_not_see_it_yet(desk):
    DocumentSharing.objects.filter(category="discharge").delete()
    row = desk.make(category="discharge")
    assert "Uw praktijk deelt deze soort niet" in desk.text(f"{row.pk}/publiceren/")
    desk.publish(row)
    assert "De patiënt ziet dit document nog niet" in desk.text(f"{row.pk}/")
    assert "gedeeld, nog niet zichtbaar" in desk.text()
    assert not desk.patient_sees(row)


def test_somebody_else_was_first(desk):
    row = desk.make()
    desk.publish(row, "Eerst")
    second = desk.client.post(
        f"{desk.home}{row.pk}/publiceren/", {"revision": 0, "explanation": "Later", "doen": "publiceren"}, follow=True
    ).content.decode()
    assert "net gewijzigd (dr. J. de Wit)" in second
    row.refresh_from_db()
    assert row.explanation == "Eerst"


@pytest.mark.parametrize(
    "data", [{}, {"revision": "x"}, {"revision": 10**30}, {"revision": 0, "explanation": "x" * 4000}]
)
def test_row32_bad_publication_is_refused(desk, data):
    row = desk.make()
    answer = desk.client.post(f"{desk.home}{row.pk}/publiceren/", {**data, "doen": "publiceren"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "private"


def test_row6_who_only_reads_finds_no_way_to_add_or_share(desk, desk_client):
    nurse = world.make_employee(desk.practice, role=StaffRole.NURSE, rights=[StaffRight.READ_RECORD])
    desk_client.sign_in(nurse)
    row = desk.make()
    assert "Voeg een document toe" not in desk.text()
    assert "Deel dit document" not in desk.text(f"{row.pk}/")
    for path in ("nieuw/", f"{row.pk}/publiceren/", f"{row.pk}/intrekken/"):
        desk.text(path, status=403)
    assert desk.upload().status_code == 403
    assert desk.publish(row).status_code == 403


def test_row6_who_may_not_read_the_record_finds_no_documents(desk, desk_client):
    row = desk.make(title="Geheime brief")
    for employee, status in (
        (world.make_employee(desk.practice, role=StaffRole.ASSISTANT, rights=[]), 403),
        (world.make_employee(desk.practice, role=StaffRole.MANAGER), 403),
        (world.make_employee(world.make_practice()), 404),
    ):
        desk_client.sign_in(employee)
        for path in ("", f"{row.pk}/", f"{row.pk}/bestand/"):
            assert "Geheime" not in desk.text(path, status=status)


def test_document_of_another_patient_is_not_found_under_this_one(desk):
    other, _ = world.make_patient_with_open_record(desk.practice)
    row = documents.make_document(other, desk.practice)
    for path in (f"{row.pk}/", f"{row.pk}/bestand/", f"{row.pk}/publiceren/", f"{row.pk}/intrekken/"):
        desk.text(path, status=404)


def test_document_can_be_reached_from_card_record_and_inbox(desk):
    row = desk.make()
    world.add_work_item(desk.patient, desk.practice, kind="document", about_id=row.pk, for_right="publish_results")
    assert desk.home in desk.client.get(f"/patienten/{desk.patient.pk}/").content.decode()
    assert desk.home in desk.client.get(f"/dossier/{desk.patient.pk}/").content.decode()
    assert f"{desk.home}{row.pk}/" in desk.client.get("/").content.decode()
    item = WorkItem.objects.get()
    assert desk.client.post(f"/postvak/{item.pk}/afhandelen/").status_code == 302
    item.refresh_from_db()
    assert item.state == "done"


def test_req90_settings_with_the_patients_eyes(desk):
    row = desk.make(category="discharge", document_date=date(2026, 6, 1), state="shared")
    page = desk.client.get("/beheer/correspondentie/")
    version = page.context["form"].initial["version"]
    values = {"version": version, "discharge": "2026-06-02", "form": ""}
    shown = desk.client.post("/beheer/correspondentie/", {**values, "preview": "1"}).content.decode()
    assert "als het document van 2 juni 2026 of later is" in shown
    assert desk.patient_sees(row)
    assert desk.client.post("/beheer/correspondentie/", values).status_code == 302
    assert not desk.patient_sees(row)
    stale = desk.client.post("/beheer/correspondentie/", {"version": version, "discharge": "2020-01-01"})
    assert stale.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in stale.content.decode()
    assert desk.client.post("/beheer/correspondentie/", {"discharge": "gisteren"}).status_code == 422
    assert not desk.patient_sees(row)


def test_req90_settings_are_for_the_manager(desk, desk_client):
    desk_client.sign_in(world.make_employee(desk.practice, rights=[StaffRight.READ_RECORD]))
    assert desk_client.get("/beheer/correspondentie/").status_code == 403
    pharmacy = world.make_practice("pharmacy")
    desk_client.sign_in(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    assert "Een apotheek deelt hier geen brieven" in desk_client.get("/beheer/correspondentie/").content.decode()
    assert desk_client.post("/beheer/correspondentie/", {"discharge": "2020-01-01"}).status_code == 200
    assert not DocumentSharing.objects.filter(practice=pharmacy).exists()
