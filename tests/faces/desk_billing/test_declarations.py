"""The list of declarations, deciding and files at the desk (REQ 50; ux 50; security rows 5, 6, 26, 29, 32, 40, 48)."""

import re
from uuid import uuid4

import pytest

from tests.factories import billing, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.models import Declaration, ExportBatch
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
LIST, FILES = "/declaraties/", "/declaraties/bestanden/"
XSS = "<script>alert(1)</script>"


@pytest.fixture
def biller(desk_client):
    practice = world.make_practice()
    billing.switch_on(practice)
    billing.make_tariffs()
    employee = world.make_employee(practice, role="assistant", rights=[StaffRight.BILL], name="Samira Bakker")
    desk_client.sign_in(employee)
    desk_client.practice, desk_client.employee = practice, employee
    desk_client.person = world.make_person()
    world.enrol(desk_client.person, practice, world.make_account(practice))
    return desk_client


def make(biller, **values):
    return billing.make_declaration(biller.person, biller.practice, **values)


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_req50_the_list_begins_with_what_waits_and_adds_up(biller):
    make(biller, patient_name="Wacht Nog")
    make(biller, patient_name="Al Klaar", state="confirmed")
    page = text_of(biller.get(LIST))
    assert "Wacht Nog" in page
    assert "Al Klaar" not in page
    assert "€ 12,43" in page
    every = text_of(biller.get(LIST, {"stand": ""}))
    assert "Al Klaar" in every
    assert "€ 24,86" in every


def test_search_sort_and_filters_of_nonsense(biller):
    make(biller, patient_name="Zus Bakker")
    assert "Zus Bakker" in text_of(biller.get(LIST, {"stand": "", "q": "zus", "sort": "-name", "code": "12011"}))
    assert "Niets gevonden" in text_of(biller.get(LIST, {"stand": "", "q": "onbekend"}))
    nonsense = {"stand": "x", "van": "x", "tot": "9999-99-99", "sort": "\x00", "page": "-1", "q": "\x00", "code": "x"}
    for name, value in nonsense.items():
        assert biller.get(LIST, {"stand": "", name: value}).status_code == 200, name


def test_ux50_bulk_shows_what_is_confirmed_before_it_is(biller):
    rows = [make(biller, patient_name=f"Patiënt {number}") for number in range(3)]
    keys = re.findall(r'name="kies" value="([^"]+)"', text_of(biller.get(LIST)))
    assert len(keys) == 3
    page = text_of(biller.post(f"{LIST}bevestigen/", {"kies": keys[:2]}))
    assert "2 declaraties bevestigen?" in page
    assert "€ 24,86" in page
    assert not Declaration.objects.filter(state="confirmed").exists()
    sure = {"kies": re.findall(r'name="kies" value="([^"]+)"', page), "zeker": "ja"}
    for _ in range(2):
        answer = biller.post(f"{LIST}bevestigen/", sure, follow=True)
        assert answer.status_code == 200
    assert Declaration.objects.filter(state="confirmed").count() == 2
    assert rows[0].events.count() <= 2


def test_the_whole_page_can_be_confirmed_without_script(biller):
    for _ in range(2):
        make(biller)
    keys = re.findall(r'name="pagina" value="([^"]+)"', text_of(biller.get(LIST)))
    page = text_of(biller.post(f"{LIST}bevestigen/", {"pagina": keys, "alles": "ja"}))
    assert "2 declaraties bevestigen?" in page


@pytest.mark.parametrize("keys", [[], ["x"], ["1"], ["9" * 30 + "-1"], ["1-" + "9" * 30], ["\x00"]])
def test_row32_a_choice_of_nonsense_confirms_nothing(biller, keys):
    answer = biller.post(f"{LIST}bevestigen/", {"kies": keys, "zeker": "ja"}, follow=True)
    assert "Vink eerst aan" in text_of(answer)


def test_of_what_changed_meanwhile_nothing_is_confirmed(biller):
    row = make(biller)
    Declaration.objects.update(revision=4)
    answer = biller.post(f"{LIST}bevestigen/", {"kies": f"{row.pk}-0", "zeker": "ja"}, follow=True)
    assert "Iemand anders heeft dit net gewijzigd" in text_of(answer)
    assert not Declaration.objects.filter(state="confirmed").exists()


def test_one_is_confirmed_taken_back_corrected_and_refused(biller):
    row = make(biller)
    path = f"{LIST}{row.pk}/"
    assert "Consult van 5 tot 20 minuten" in text_of(biller.get(path))
    assert biller.post(path, {"doen": "bevestigen", "revision": 0}).status_code == 302
    assert biller.post(path, {"doen": "terug", "revision": 1}).status_code == 302
    assert "Er is niets bevestigd" in text_of(biller.post(path, {"doen": "bevestigen", "revision": 0}), 409)
    sent = {"doen": "verbeteren", "revision": 2, "minutes": "25", "code": ""}
    assert biller.post(path, sent).status_code == 302
    row.refresh_from_db()
    assert (row.code, row.amount_cents, row.state) == ("12001", 2485, "proposed")
    assert "Kies een reden" in text_of(biller.post(f"{path}niet/", {"revision": 3}), 422)
    assert biller.post(f"{path}niet/", {"revision": 3, "reason": "not_charged"}).status_code == 302
    page = text_of(biller.get(path))
    assert "De praktijk rekent dit niet" in page
    assert page.count("<li>") >= 5, "the whole trail"


@pytest.mark.parametrize(
    "values", [{"minutes": ""}, {"minutes": "x"}, {"minutes": "0"}, {"code": "99999"}, {"revision": "x"}]
)
def test_row32_a_correction_that_makes_no_sense_stays_on_the_screen(biller, values):
    row = make(biller)
    sent = {"doen": "verbeteren", "revision": 0, "minutes": "6", "code": "", **values}
    assert biller.post(f"{LIST}{row.pk}/", sent).status_code == 422


def test_a_file_is_made_once_and_fetched_to_the_byte(biller):
    make(biller, state="confirmed", patient_name="=HYPERLINK(1)")
    page = text_of(biller.get(FILES))
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert biller.post(FILES, {"token": token}).status_code == 302
    batch = ExportBatch.objects.get()
    answer = biller.get(f"{FILES}{batch.pk}/")
    assert answer["Content-Disposition"] == f'attachment; filename="declaraties-{batch.number}.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert b";'=HYPERLINK(1);" in answer.content
    assert biller.get(f"{FILES}{batch.pk}/").content == answer.content
    assert AuditEvent.objects.filter(event="billing.download", patient_id=biller.person.pk).exists()
    assert "Er staat niets klaar" in text_of(biller.post(FILES, {"token": uuid4()}, follow=True))
    assert biller.post(FILES, {"token": "x"}).status_code == 302


def test_row26_names_are_text(biller):
    row = make(biller, patient_name=XSS, performer_name=XSS, description=XSS)
    for path in (LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/niet/"):
        assert XSS not in text_of(biller.get(path)), path


def test_row6_without_the_right_every_page_is_refused(biller):
    row = make(biller, state="confirmed")
    batch = billing.make_batch(biller.practice, biller.employee)
    biller.employee.rights = [right.value for right in StaffRight if right is not StaffRight.BILL]
    biller.employee.save()
    for path in (LIST, FILES, f"{FILES}{batch.pk}/", f"{LIST}{row.pk}/", f"{LIST}{row.pk}/niet/"):
        assert biller.get(path).status_code == 403, path
    sent = {"kies": f"{row.pk}-0", "zeker": "ja", "token": uuid4(), "doen": "bevestigen", "revision": 0}
    for path in (f"{LIST}bevestigen/", FILES, f"{LIST}{row.pk}/"):
        assert biller.post(path, sent).status_code == 403, path


def test_row5_another_practice_finds_nothing(biller):
    row = make(biller)
    batch = billing.make_batch(biller.practice, biller.employee, content=b"geheim")
    stranger = world.make_employee(world.make_practice())
    biller.sign_in(stranger)
    for path in (f"{FILES}{batch.pk}/", f"{LIST}{row.pk}/", f"{LIST}{row.pk}/niet/"):
        assert biller.get(path).status_code == 404, path
    assert biller.post(f"{LIST}{row.pk}/", {"doen": "bevestigen", "revision": 0}).status_code == 404
    sent = {"kies": f"{row.pk}-0", "zeker": "ja"}
    assert biller.post(f"{LIST}bevestigen/", sent).status_code == 404
    row.refresh_from_db()
    assert row.state == "proposed"


def test_the_menu_leads_there_for_who_bills_alone(biller):
    assert 'href="/declaraties/"' in text_of(biller.get("/"))
    biller.employee.rights = []
    biller.employee.save()
    assert 'href="/declaraties/"' not in text_of(biller.get("/"))


def test_empty_states_explain_themselves(biller):
    assert "Alles is bevestigd" in text_of(biller.get(LIST))
    assert "Hier staat nog niets" in text_of(biller.get(LIST, {"stand": "exported"}))
    assert "Er is nog geen bestand gemaakt" in text_of(biller.get(FILES))
