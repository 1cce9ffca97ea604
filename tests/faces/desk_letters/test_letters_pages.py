"""Template letters and the language meter as pages (REQ 45, 64; ux 40)."""

import pytest

from tests.faces.desk_lab.test_process import Desk
from tests.factories import world, writing
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import PlainWord, ReplyTemplate

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"
LETTER = {"title": "Alles goed", "owner": "mij", "conclusion": "Beste {naam}, alles is goed.", "advice": ""}


@pytest.fixture
def practice():
    return world.make_practice(name="De Linde", phone="020 555 01 23")


@pytest.fixture
def doctor(practice, desk_client):
    employee = world.make_employee(practice, name="dr. J. de Wit")
    desk_client.sign_in(employee)
    return employee


def test_the_list_explains_itself_when_empty_and_finds_by_name_and_text(desk_client, doctor, practice):
    assert "Er zijn nog geen maskerbrieven" in desk_client.get("/maskerbrieven/").content.decode()
    writing.add_letter(practice, title="Nierfunctie")
    writing.add_letter(practice, doctor, title="Suiker", conclusion="Uw nieren")
    writing.add_letter(practice, world.make_employee(practice), title="Vreemd nieren")
    text = desk_client.get("/maskerbrieven/?q=nier").content.decode()
    assert ("Nierfunctie" in text, "Suiker" in text, "Vreemd" in text, "alleen u" in text) == (True, True, False, True)
    assert "Niets gevonden" in desk_client.get("/maskerbrieven/?q=zzz").content.decode()


def test_req64_a_letter_is_made_changed_and_removed(desk_client, doctor):
    assert desk_client.post("/maskerbrieven/nieuw/", LETTER).status_code == 302
    letter = ReplyTemplate.objects.get(employee=doctor)
    path = f"/maskerbrieven/{letter.pk}/"
    version = desk_client.get(path).context["letter"].version
    assert desk_client.post(path, {**LETTER, "version": version, "advice": "Rust."}).status_code == 302
    letter.refresh_from_db()
    assert letter.advice == "Rust."
    assert "verwijderen?" in desk_client.get(path + "verwijderen/").content.decode()
    assert ReplyTemplate.objects.exists()
    desk_client.post(path + "verwijderen/")
    assert not ReplyTemplate.objects.exists()


def test_the_preview_fills_the_fields_for_a_made_up_patient_and_saves_nothing(desk_client, doctor):
    values = {**LETTER, "conclusion": "Beste {naam}, bel {telefoon} van {praktijk}. {arts}", "doen": "voorbeeld"}
    for headers in ({}, {"HX-Request": "true"}):
        answer = desk_client.post("/maskerbrieven/nieuw/", values, headers=headers)
        assert answer.status_code == 200
        assert "Beste Anna de Vries, bel 020 555 01 23 van De Linde. dr. J. de Wit" in answer.content.decode()
        assert ("<html" in answer.content.decode()) is not bool(headers)
    assert not ReplyTemplate.objects.exists()


def test_req64_an_unknown_field_is_told_at_the_field_and_nothing_typed_is_lost(desk_client, doctor):
    answer = desk_client.post("/maskerbrieven/nieuw/", {**LETTER, "conclusion": "Beste {achternaam}"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "{achternaam} is geen veld" in text
    assert "Beste {achternaam}</textarea>" in text
    assert answer.context["form"].errors.keys() == {"conclusion"}


def test_a_stale_form_is_told_and_keeps_the_typed_text(desk_client, doctor, practice):
    letter = writing.add_letter(practice)
    answer = desk_client.post(f"/maskerbrieven/{letter.pk}/", {**LETTER, "version": "oud"})
    assert answer.status_code == 409
    assert "Iemand anders heeft deze brief net gewijzigd" in answer.content.decode()
    assert "alles is goed.</textarea>" in answer.content.decode()


def test_row6_who_may_not_change_a_letter_reads_it_and_who_may_neither_is_refused(desk_client, practice):
    letter = writing.add_letter(practice, conclusion="Vaste tekst")
    path = f"/maskerbrieven/{letter.pk}/"
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.PUBLISH_RESULTS]))
    text = desk_client.get(path).content.decode()
    assert ("Vaste tekst" in text, "Bewaar de brief" in text) == (True, False)
    assert desk_client.post(path, LETTER).status_code == 403
    assert desk_client.post(path + "verwijderen/").status_code == 403
    desk_client.sign_in(world.make_employee(practice, role=StaffRole.ASSISTANT, rights=[StaffRight.READ_RECORD]))
    for address in ("/maskerbrieven/", "/maskerbrieven/nieuw/", path):
        assert desk_client.get(address).status_code == 403
        assert desk_client.post(address, LETTER).status_code in (403, 405)
    assert "Maskerbrieven" not in desk_client.get("/").content.decode()


@pytest.mark.parametrize(
    "values",
    [{"title": "a\0b"}, {"owner": "x"}, {"conclusion": ""}, {"title": ""}, {"conclusion": "x" * 3001}, {"owner": ""}],
)
def test_row32_nonsense_is_answered_with_the_form(desk_client, doctor, values):
    assert desk_client.post("/maskerbrieven/nieuw/", {**LETTER, **values}).status_code == 422
    assert not ReplyTemplate.objects.exists()


def test_row7_owner_practice_and_number_cannot_be_posted(desk_client, doctor, practice):
    other = world.make_employee(practice)
    values = {**LETTER, "employee": other.pk, "employee_id": other.pk, "practice_id": 1, "id": 7}
    desk_client.post("/maskerbrieven/nieuw/", values)
    letter = ReplyTemplate.objects.get()
    assert (letter.employee_id, letter.practice_id) == (doctor.pk, practice.pk)


def test_req45_the_meter_stands_under_the_texts_warns_and_blocks_nothing(desk_client):
    desk = Desk(desk_client)
    writing.add_word(desk.practice, "kaliumspiegel", "hoeveel kalium er in uw bloed zit")
    words = "Uw hypertensie en kaliumspiegel zijn goed."
    for text in (
        desk.post("voorbeeld", conclusion=words).content.decode(),
        desk.post("publiceren", conclusion=words).content.decode(),
        desk_client.post(
            desk.path, {"revision": 0, "doen": "voorbeeld", "conclusion": words}, headers={"HX-Request": "true"}
        ).content.decode(),
    ):
        assert "hoge bloeddruk" in text
        assert "hoeveel kalium er in uw bloed zit" in text
        assert 'id="taalmeter"' in text
    assert desk.post("publiceren", conclusion=words, zeker="ja").status_code == 302
    assert desk.state() == "published"


def test_an_own_letter_is_offered_to_its_owner_alone(desk_client):
    desk = Desk(desk_client)
    writing.add_letter(desk.practice, desk.doctor, title="Van mij")
    writing.add_letter(desk.practice, world.make_employee(desk.practice), title="Van een ander")
    text = desk_client.get(desk.path).content.decode()
    assert ("Van mij (van uzelf)" in text, "Van een ander" in text) == (True, False)


def test_req45_a_manager_adds_and_removes_words(desk_client, doctor, practice):
    assert "nog geen eigen woorden" in desk_client.get("/beheer/taalmeter/").content.decode()
    for _ in range(2):
        answer = desk_client.post("/beheer/taalmeter/", {"word": "nierfalen", "plain": "nieren die niet werken"})
        assert answer.status_code == 302
    word = PlainWord.objects.get()
    assert "nieren die niet werken" in desk_client.get("/beheer/taalmeter/?q=NIER").content.decode()
    path = f"/beheer/taalmeter/{word.pk}/verwijderen/"
    assert "verwijderen?" in desk_client.get(path).content.decode()
    desk_client.post(path)
    assert not PlainWord.objects.exists()
    assert desk_client.get(path).status_code == 404
    assert desk_client.get(f"/beheer/taalmeter/{'9' * 30}/verwijderen/").status_code == 404


@pytest.mark.parametrize(
    "values", [{"word": ""}, {"plain": ""}, {"word": "x" * 61}, {"plain": "x" * 121}, {"word": "a\0b"}]
)
def test_row32_a_word_that_is_none_is_told_at_the_field(desk_client, doctor, values):
    answer = desk_client.post("/beheer/taalmeter/", {"word": "a", "plain": "b", **values})
    assert (answer.status_code, PlainWord.objects.count()) == (422, 0)


def test_row6_words_are_for_who_manages(desk_client, practice):
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.PUBLISH_RESULTS]))
    assert desk_client.get("/beheer/taalmeter/").status_code == 403


def test_row26_text_of_letters_and_words_is_text_everywhere(desk_client, doctor, practice):
    letter = writing.add_letter(practice, title=XSS, conclusion=XSS, advice=XSS)
    word = writing.add_word(practice, XSS[:60], XSS)
    for path in (
        "/maskerbrieven/", f"/maskerbrieven/{letter.pk}/", f"/maskerbrieven/{letter.pk}/verwijderen/",
        "/beheer/taalmeter/", f"/beheer/taalmeter/{word.pk}/verwijderen/",
    ):  # fmt: skip
        assert b"<script>alert" not in desk_client.get(path).content, path
