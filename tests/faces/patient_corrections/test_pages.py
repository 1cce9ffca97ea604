"""`Klopt dit niet?` as pages of the portal (ux 1 to 9, 35; security rows 1, 24, 26, 32, 48)."""

import re
from datetime import timedelta

import pytest

from tests.conftest import acting
from tests.factories import corrections, documents, world
from tests.record_corrections.asking import decide
from zorgbalie.access.models import AccessRequest
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.record.actions.correction_decisions import extend_correction
from zorgbalie.record.models import CorrectionRequest
from zorgbalie.record.rules.corrections import longest_due_date
from zorgbalie.record.types.corrections import RecordItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Portal:
    """A patient with an episode, signed in."""

    def __init__(self, client):
        self.client, self.now = client, current_moment()
        self.patient, self.practice = world.make_patient_with_open_record()
        self.episode = world.make_episode(self.patient, self.practice, title="Astma")
        self.path = f"/verzoeken/nieuw/klacht/{self.episode.pk}/"
        client.sign_in(self.patient)

    def key(self, wat="verbeteren", path=None):
        page = self.client.get((path or self.path) + f"?wat={wat}")
        return page.context["form"]["sleutel"].value()

    def send(self, text, wat="verbeteren", key=None, doen="verstuur", path=None):
        return self.client.post(
            (path or self.path) + f"?wat={wat}", {"tekst": text, "sleutel": key or self.key(wat, path), "doen": doen}
        )

    def decided(self, outcome, **values):
        answer = self.send("Dit klopt niet.")
        correction_id = int(answer["Location"].split("/")[2])
        doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        decide(doctor, self.patient, correction_id, outcome, self.now, **values)
        return f"/verzoeken/{correction_id}/"


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_ux35_each_item_of_the_record_has_the_link_and_the_foot_leads_to_the_log(portal):
    patient, practice = portal.patient, portal.practice
    contact = world.make_encounter(patient, practice)
    world.make_entry(contact, portal.episode)
    value = world.make_observation(patient, practice)
    allergy, medicine = world.make_allergy(patient, practice), world.make_medication(patient, practice)
    report = world.make_lab_report(
        patient, practice, "Goed", world.make_employee(practice), state="published", published_at=portal.now
    )
    documents.switch_on(practice)
    letter = documents.make_document(patient, practice, state="shared")
    for page, kind, pk in (
        ("klachten/", "klacht", portal.episode.pk),
        (f"klachten/{portal.episode.pk}/", "klacht", portal.episode.pk),
        ("contacten/", "contact", contact.pk),
        ("uitslagen/", "meting", value.pk),
        (f"uitslagen/{value.pk}/", "meting", value.pk),
        (f"uitslagen/onderzoek/{report.pk}/", "uitslag", report.pk),
        ("allergieen/", "allergie", allergy.pk),
        ("medicijnen/", "medicijn", medicine.pk),
        (f"brieven/{letter.pk}/", "brief", letter.pk),
        ("", "klacht", portal.episode.pk),
    ):
        answer = portal.client.get(f"/dossier/{page}")
        assert f'href="/verzoeken/nieuw/{kind}/{pk}/"' in answer.content.decode(), page
        assert "Wie heeft dit gezien?" in text_of(answer)


def test_ux1_to_7_question_by_question_to_a_confirmation_with_a_day(portal):
    first = portal.client.get(portal.path)
    assert "Wat wilt u?" in text_of(first)
    assert "Astma" in text_of(first)
    assert portal.client.post(portal.path, {})  # nothing chosen
    onward = portal.client.post(portal.path, {"wat": "verbeteren"})
    assert onward["Location"] == f"{portal.path}?wat=verbeteren"
    key = portal.key()
    check = portal.send("Het was bronchitis.", key=key, doen="")
    assert "Controleer uw verzoek" in text_of(check)
    assert "Het was bronchitis." in text_of(check)
    assert not CorrectionRequest.objects.exists()
    again = portal.send("Het was bronchitis.", key=key, doen="wijzig")
    assert again.context["form"]["tekst"].value() == "Het was bronchitis."
    sent = portal.send("Het was bronchitis.", key=key)
    done = portal.client.get(sent["Location"])
    assert "Uw verzoek is verstuurd" in text_of(done)
    assert "U hoeft verder niets te doen." in text_of(done)
    row = CorrectionRequest.objects.get()
    assert f"uiterlijk {row.due_on.day} " in text_of(done)


def test_ux6_changing_the_first_answer_keeps_the_words(portal):
    key = portal.key()
    page = portal.send("Mijn woorden", key=key, doen="soort")
    assert "Wat wilt u?" in text_of(page)
    page = portal.client.post(portal.path, {"wat": "toevoegen", "tekst": "Mijn woorden", "sleutel": key})
    assert page.context["form"]["tekst"].value() == "Mijn woorden"
    assert page.context["here"] == f"{portal.path}?wat=toevoegen"


def test_row_48_pressing_twice_leads_to_the_same_request(portal):
    key = portal.key()
    first, second = portal.send("Fout", key=key), portal.send("Fout", key=key)
    assert first["Location"] == second["Location"]
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tekst": ""}, "Schrijf wat u wilt vertellen."),
        ({"tekst": "  "}, "Schrijf wat u wilt vertellen."),
        ({"tekst": "x" * 3001}, "Uw tekst is te lang"),
        ({"tekst": "nul\x00teken"}, "een teken dat niet kan"),
    ],
)
def test_row_32_bad_words_come_back_at_the_field_and_nothing_is_lost(portal, values, message):
    answer = portal.client.post(
        portal.path + "?wat=verbeteren", {"sleutel": portal.key(), "doen": "verstuur", **values}
    )
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert answer.context["form"]["tekst"].value() == values["tekst"]


def test_row_32_a_broken_key_is_renewed_and_the_words_stay(portal):
    answer = portal.send("Mijn woorden", key="../x")
    assert answer.status_code == 422
    assert answer.context["form"]["tekst"].value() == "Mijn woorden"
    key = re.search(r'name="sleutel" value="([0-9a-f]{32})"', answer.content.decode()).group(1)
    assert portal.send("Mijn woorden", key=key).status_code == 302


@pytest.mark.parametrize("values", [{}, {"wat": ""}, {"wat": "x"}, {"wat": ["a", "b"]}, {"bij": "9" * 30}])
def test_row_32_garbage_for_the_first_answer_is_a_message(portal, values):
    assert portal.client.post(portal.path, values).status_code == 422
    assert portal.client.post("/verzoeken/nieuw/", values).status_code == 422


def test_row_26_typed_script_is_text_everywhere(portal, desk_client):
    sent = portal.send(XSS, wat="toevoegen")
    correction_id = int(sent["Location"].split("/")[2])
    doctor = world.make_employee(portal.practice)
    decide(doctor, portal.patient, correction_id, "granted", portal.now, answer=XSS)
    desk_client.sign_in(doctor)
    pages = [
        portal.client.get(f"/verzoeken/{correction_id}/"),
        portal.client.get("/dossier/klachten/"),
        desk_client.get(f"/correcties/{portal.patient.pk}/{correction_id}/"),
        desk_client.get(f"/dossier/{portal.patient.pk}/?deel=episodes"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert XSS not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_the_record_as_a_whole_asks_which_practice_where_there_are_two(portal):
    pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
    world.enrol(portal.patient, pharmacy, world.make_account(pharmacy))
    assert "Apotheek De Vijzel" in text_of(portal.client.get("/verzoeken/nieuw/"))
    assert portal.client.post("/verzoeken/nieuw/", {"wat": "verbeteren"}).status_code == 422
    onward = portal.client.post("/verzoeken/nieuw/", {"wat": "verbeteren", "bij": pharmacy.pk})["Location"]
    key = portal.client.get(onward).context["form"]["sleutel"].value()
    portal.client.post(onward, {"tekst": "Er ontbreekt iets", "sleutel": key, "doen": "verstuur"})
    assert CorrectionRequest.objects.get().practice_id == pharmacy.pk
    other = world.make_practice()
    url = f"/verzoeken/nieuw/?wat=verbeteren&bij={other.pk}"
    page = portal.client.post(url, {"tekst": "x", "sleutel": key, "doen": "verstuur"})
    assert (page.status_code, CorrectionRequest.objects.count()) == (422, 1)


@pytest.mark.parametrize("kind", list(RecordItem))
@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_1_9_an_item_of_somebody_else_is_the_same_404_as_none(portal, portal_client, kind, method):
    victim, practice = world.make_patient_with_open_record(portal.practice)
    documents.switch_on(practice)
    contact = world.make_encounter(victim, practice)
    row = {
        "klacht": lambda: world.make_episode(victim, practice),
        "contact": lambda: contact,
        "regel": lambda: world.make_entry(contact),
        "meting": lambda: world.make_observation(victim, practice),
        "uitslag": lambda: world.make_lab_report(
            victim, practice, "x", world.make_employee(practice), state="published", published_at=portal.now
        ),
        "allergie": lambda: world.make_allergy(victim, practice),
        "medicijn": lambda: world.make_medication(victim, practice),
        "brief": lambda: documents.make_document(victim, practice, state="shared"),
    }[kind]()
    send = getattr(portal_client, method)
    body = {"tekst": "x", "sleutel": "a" * 32, "doen": "verstuur"}
    lengths = []
    for number in (row.pk, 987654321):
        path = f"/verzoeken/nieuw/{kind}/{number}/"
        answer = send(f"{path}?wat=verbeteren", body)
        assert answer.status_code == 404
        lengths.append(len(answer.content.replace(path.encode(), b"")))
    assert lengths[0] == lengths[1]
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "values", "words"),
    [
        ("granted", {"note": "Bronchitis"}, "De praktijk heeft ja gezegd"),
        ("partly", {"note": "Bronchitis", "answer": "Deels."}, "De praktijk heeft voor een deel ja gezegd"),
        ("refused", {"answer": "De diagnose klopt."}, "De praktijk heeft nee gezegd"),
    ],
)
def test_avg12_the_answer_and_where_to_go_with_a_complaint(portal, outcome, values, words):
    path = portal.decided(outcome, **values)
    assert "Lees het antwoord op uw verzoek" in text_of(portal.client.get("/"))
    text = text_of(portal.client.get(path))
    assert words in text
    assert values.get("answer", "") in text
    for part in ("Autoriteit Persoonsgegevens", "de rechter", "een klacht indienen"):
        assert (part in text) is (outcome != "granted")
    assert "Lees het antwoord op uw verzoek" not in text_of(portal.client.get("/"))


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_avg12_past_the_promised_day_it_says_so_and_whom_to_call(portal, days, is_late):
    path = portal.send("Fout")["Location"].replace("verstuurd/", "")
    CorrectionRequest.objects.update(due_on=local_date(portal.now) - timedelta(days=days))
    text = text_of(portal.client.get(path))
    assert ("U krijgt uiterlijk" in text) is not is_late
    for part in ("Het antwoord is te laat", f"Bel {portal.practice.name}", "Autoriteit Persoonsgegevens"):
        assert (part in text) is is_late


def test_the_steps_from_sent_to_extended(portal, desk_client):
    sent = portal.send("Fout")
    correction_id = int(sent["Location"].split("/")[2])
    path = f"/verzoeken/{correction_id}/"
    assert "verstuurd" in text_of(portal.client.get(path))
    doctor = world.make_employee(portal.practice)
    desk_client.sign_in(doctor)
    desk_client.get(f"/correcties/{portal.patient.pk}/{correction_id}/")
    assert "gelezen door de praktijk" in text_of(portal.client.get(path))
    viewer, now = world.viewer_of_employee(doctor), current_moment()
    with acting(viewer):
        extend_correction(
            viewer=viewer, patient_id=portal.patient.pk, correction_id=correction_id, revision=0,
            due_on=longest_due_date(asked_at=now), reason="De specialist is er niet.", now=now,
        )  # fmt: skip
    text = text_of(portal.client.get(path))
    assert "verlengd tot" in text
    assert "De specialist is er niet." in text


def test_withdrawing_asks_once_more(portal):
    sent = portal.send("Fout")
    path = sent["Location"].replace("verstuurd", "intrekken")
    assert "Trek dit verzoek in" in text_of(portal.client.get(path))
    assert CorrectionRequest.objects.get().state == "sent"
    assert portal.client.post(path).status_code == 302
    assert CorrectionRequest.objects.get().state == "withdrawn"
    assert portal.client.get(path).status_code == 302


def test_after_the_release_was_withdrawn_the_request_is_there_and_the_item_is_not(portal):
    path = portal.decided("refused", answer="Nee.")
    AccessRequest.objects.all().delete()
    text = text_of(portal.client.get(path))
    assert "U kunt dat nu niet online lezen." in text
    assert "Astma" not in text
    assert portal.client.get(portal.path).status_code == 404
    assert portal.client.get("/verzoeken/nieuw/").status_code == 200


def test_ux36_an_empty_list_explains_itself_and_a_long_one_has_pages(portal):
    assert "U heeft nog niets gevraagd" in text_of(portal.client.get("/verzoeken/"))
    for _ in range(21):
        corrections.make_correction(portal.patient, portal.practice)
    assert len(portal.client.get("/verzoeken/").context["items"]) == 20
    assert len(portal.client.get("/verzoeken/?page=2").context["items"]) == 1


def test_req10_the_log_tells_it_in_words(portal, desk_client):
    path = portal.decided("refused", answer="Nee.")
    doctor = world.make_employee(portal.practice)
    desk_client.sign_in(doctor)
    desk_client.get(f"/correcties/{portal.patient.pk}/{path.split('/')[2]}/")
    text = text_of(portal.client.get("/logboek/"))
    assert "besloot over een verzoek over het dossier" in text
    assert "las een verzoek over het dossier" in text
    assert "vroeg de praktijk om iets in het dossier te veranderen" in text
