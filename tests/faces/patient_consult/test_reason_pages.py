"""The form of a practice, question by question, without script (REQ 8, 28, 30; R14, R17; ux 1 to 9, 41)."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.faces.patient_consult.test_pages import OFF, XSS, Portal
from tests.factories import consult as rows
from tests.factories import world
from tests.factories.attachments import add_attachment
from tests.factories.reasons import make_answer, make_reason, set_ask_rules
from zorgbalie.consult.models import Consult, ConsultAnswer, ConsultAttachment, ConsultMessage
from zorgbalie.kernel.clock import local_date
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db
KINDS = ("short", "long", "yes_no", "choice", "several", "number", "date")
TYPED = ("Arm", "Rood", "yes", "groen", ["rood", "groen"], "38,5", "24-11-2026")


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def choose(portal, reason):
    """Past the warning and the addressee; returns the address of the draft and where choosing led."""
    draft = portal.begin()
    portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    answer = portal.client.post(f"{draft}reden/", {"reason": reason.pk})
    return draft, answer["Location"]


def with_pharmacy(portal):
    pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
    world.enrol(portal.person, pharmacy, world.make_account(pharmacy, name="M. Koster"))
    return pharmacy


def test_ux1_reason_and_questions_one_per_page_to_the_check_page(portal):
    reason = make_reason(portal.practice, KINDS, name="Huid", description="Uitslag of jeuk")
    draft = portal.begin()
    there = portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    assert there["Location"] == f"{draft}reden/"
    assert "Uitslag of jeuk" in portal.text(f"{draft}reden/")
    there = portal.client.post(f"{draft}reden/", {"reason": reason.pk})
    for place, typed in enumerate(TYPED, start=1):
        assert there["Location"] == f"{draft}antwoord/{place}/"
        page = portal.text(there["Location"])
        assert f"Vraag {place} van 7" in page
        assert page.count("<h1") == 1
        there = portal.client.post(there["Location"], {"answer": typed})
    assert there["Location"] == f"{draft}vraag/"
    portal.client.post(f"{draft}vraag/", {"text": "Wat nu?"})
    check = portal.text(f"{draft}controleer/")
    for words in ("Huid", "Arm", "Ja", "groen", "rood, groen", "38,5", "24 november 2026", f"{draft}antwoord/3/"):
        assert words in check
    assert portal.press_send(draft)["Location"].endswith("verstuurd/")
    text = portal.text(f"/vragen/{Consult.objects.get().pk}/")
    assert text.index("Wat nu?") < text.index("Wat u heeft ingevuld"), "first what was written and answered (ux 37)"


def test_ux4_weet_ik_niet_and_niet_ingevuld(portal):
    optional = {"kind": "short", "is_optional": True, "label": "Nog iets?"}
    sure = {"kind": "number", "may_be_unknown": False, "label": "Hoeveel?"}
    draft, there = choose(portal, make_reason(portal.practice, ("yes_no", "short", optional, sure)))
    assert "Weet ik niet" in portal.text(there)
    portal.client.post(f"{draft}antwoord/1/", {"answer": "weet-niet"})
    portal.client.post(f"{draft}antwoord/2/", {"answer": "", "unknown": "on"})
    assert "(niet verplicht)" in portal.text(f"{draft}antwoord/3/")
    portal.client.post(f"{draft}antwoord/3/", {"answer": ""})
    assert "Weet ik niet" not in portal.text(f"{draft}antwoord/4/")
    assert portal.client.post(f"{draft}antwoord/4/", {"answer": "", "unknown": "on"}).status_code == 422
    portal.client.post(f"{draft}antwoord/4/", {"answer": "3"})
    portal.client.post(f"{draft}vraag/", {"text": "Wat nu?"})
    check = portal.text(f"{draft}controleer/")
    assert check.count("Weet ik niet") == 2
    assert check.count("Niet ingevuld") == 1


def test_ux2_ux6_back_leads_to_the_page_before_and_a_correction_to_the_check_page(portal):
    draft, _there = choose(portal, make_reason(portal.practice, ("short", "short")))
    assert f'href="{draft}reden/"' in portal.text(f"{draft}antwoord/1/")
    assert f'href="{draft}antwoord/1/"' in portal.text(f"{draft}antwoord/2/")
    for place in (1, 2):
        portal.client.post(f"{draft}antwoord/{place}/", {"answer": "Arm"})
    assert f'href="{draft}antwoord/2/"' in portal.text(f"{draft}vraag/")
    portal.client.post(f"{draft}vraag/", {"text": "Wat nu?"})
    assert 'value="Arm"' in portal.text(f"{draft}antwoord/1/")
    assert f'href="{draft}controleer/"' in portal.text(f"{draft}antwoord/1/")
    assert portal.client.post(f"{draft}antwoord/1/", {"answer": "Been"})["Location"] == f"{draft}controleer/"


def test_ux8_another_device_goes_on_at_the_question_that_waits(portal):
    draft, _there = choose(portal, make_reason(portal.practice, ("short", "yes_no")))
    portal.client.post(f"{draft}antwoord/1/", {"answer": "Arm"})
    answer = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})
    assert answer["Location"] == f"{draft}antwoord/2/"
    assert portal.get(f"{draft}controleer/")["Location"] == f"{draft}antwoord/2/"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", [{}, {"answer": "a\x00b"}, {"answer": "x" * 100_000}, {"answer": ["paars", "geel"]}])
def test_row32_a_forged_answer_comes_back_with_its_question(portal, kind, values):
    _draft, there = choose(portal, make_reason(portal.practice, (kind,)))
    answer = portal.client.post(there, values)
    if values.get("answer") == ["paars", "geel"] and kind in ("short", "long"):
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert "Vraag 1?" in answer.content.decode()
    assert not ConsultAnswer.objects.get().is_answered


@pytest.mark.parametrize("reason", ["", "x", "0", "\x00", "9" * 30, "other"])
def test_row32_a_forged_reason_comes_back_with_the_page(portal, reason):
    make_reason(portal.practice)
    foreign = make_reason(world.make_practice())
    draft = portal.begin()
    answer = portal.client.post(f"{draft}reden/", {"reason": foreign.pk if reason == "other" else reason})
    assert answer.status_code == 422
    assert Consult.objects.get().reason_id is None


def test_row32_questions_that_were_not_asked_are_not_there(portal):
    draft, _there = choose(portal, make_reason(portal.practice))
    for place in (0, 2, 8, 10**12):
        path = f"{draft}antwoord/{place}/"
        assert portal.get(path).status_code == portal.client.post(path, {"answer": "x"}).status_code == 404


def test_a_practice_without_reasons_asks_for_a_subject(portal):
    draft = portal.begin()
    assert portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})["Location"] == f"{draft}waarover/"
    assert portal.get(f"{draft}reden/")["Location"] == f"{draft}waarover/"


def test_a_reason_without_questions_asks_for_a_subject(portal):
    draft, there = choose(portal, make_reason(portal.practice, (), name="Iets anders"))
    assert there == f"{draft}waarover/"


def test_row26_what_a_practice_and_a_patient_write_is_text(portal):
    question = {"kind": "short", "label": XSS, "help_text": XSS}
    draft, there = choose(portal, make_reason(portal.practice, (question,), name=XSS, description=XSS))
    portal.client.post(there, {"answer": XSS})
    portal.client.post(f"{draft}vraag/", {"text": "Wat nu?"})
    pages = [portal.get(f"{draft}{page}/") for page in ("reden", "antwoord/1", "controleer")]
    portal.press_send(draft)
    pages.append(portal.get(f"/vragen/{Consult.objects.get().pk}/"))
    for page in pages:
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


# What may help already


def test_self_care_comes_before_the_first_word_and_pushes_nobody_away(portal):
    links = [["Folder over eczeem", "https://folder.example/eczeem"]]
    draft, there = choose(portal, make_reason(portal.practice, ("short",), care_links=links, care_term="eczeem"))
    there = portal.client.post(there, {"answer": "Arm"})
    assert there["Location"] == f"{draft}misschien/"
    page = portal.get(there["Location"])
    text = page.content.decode()
    assert text.index("Verder met mijn vraag") < text.index("https://folder.example/eczeem")
    assert "U gaat naar een andere website" in text
    assert 'referrerpolicy="no-referrer"' in text
    assert page["X-DNS-Prefetch-Control"] == "off"
    assert f'href="{draft}vraag/"' in text


def test_without_self_care_its_page_leads_on(portal):
    draft, _there = choose(portal, make_reason(portal.practice, ()))
    assert portal.get(f"{draft}misschien/")["Location"] == f"{draft}waarover/"


# For whom


def _child(portal, age=8):
    today = local_date(portal.now)
    child = world.make_person(given_name="Sem", birth_date=today.replace(year=today.year - age, day=min(today.day, 28)))
    world.enrol(child, portal.practice, portal.account)
    world.represent(portal.person, child)
    return child


def test_ux41_who_has_a_child_is_asked_for_whom_and_then_reads_the_signs_for_a_child(portal):
    child = _child(portal)
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    assert there.endswith("voor-wie/")
    page = portal.text(there)
    assert "Voor mijzelf" in page
    assert "8 jaar" in page
    answer = portal.client.post(there, {"person": child.pk})
    assert answer["Location"] == "/vragen/nieuw/"
    start = portal.text("/vragen/nieuw/")
    assert "U regelt dit voor" in start
    assert "koorts bij een baby" in start
    assert portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"].endswith("aan/")
    assert Consult.objects.get(patient=child).asked_by_id == portal.person.pk


def test_for_oneself_one_goes_on(portal):
    _child(portal)
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    assert portal.client.post(there, {"person": 0})["Location"].endswith("aan/")


@pytest.mark.parametrize("person", ["", "x", "-1", "999999", "\x00", "stranger"])
def test_row15_nobody_else_can_be_chosen(portal, person):
    _child(portal)
    chosen = world.make_person().pk if person == "stranger" else person
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    assert portal.client.post(there, {"person": chosen}).status_code == 422


@pytest.mark.parametrize("how", ["rules", "facility"])
def test_req8_r14_a_child_for_whom_nothing_can_be_asked_is_not_switched_to(portal, how):
    child = _child(portal)
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    if how == "rules":
        set_ask_rules(portal.practice, parents_under_12=False)
    else:
        other = world.make_account(portal.practice, facilities=OFF)
        child_row = child.pk
        from zorgbalie.practice.models import Enrolment

        Enrolment.objects.filter(person_id=child_row).update(account=other)
    answer = portal.client.post(there, {"person": child.pk})
    assert answer.status_code == 422
    assert "Bel de praktijk" in answer.content.decode()
    assert "U regelt dit voor" not in portal.text("/vragen/nieuw/")


def test_req8_a_parent_reads_why_no_question_can_be_asked_and_what_was_asked_before(portal):
    child = _child(portal)
    earlier = rows.make_consult(child, portal.practice, asked_by=portal.person)
    set_ask_rules(portal.practice, parents_under_12=False)
    portal.client.sign_in(portal.person, subject=child)
    assert "Stel een nieuwe vraag" not in portal.text("/vragen/")
    assert "U kunt hier geen vraag stellen voor dit kind" in portal.text("/vragen/nieuw/")
    assert portal.client.post("/vragen/nieuw/", {"none_of_these": "on"}).status_code == 200
    assert not Consult.objects.filter(state="draft").exists()
    assert portal.get(f"/vragen/{earlier.pk}/").status_code == 200


def test_the_text_for_parents_stands_where_a_parent_begins_alone(portal):
    child = _child(portal)
    set_ask_rules(portal.practice, parent_text="Bel bij koorts altijd.")
    assert "Bel bij koorts altijd." not in portal.text("/vragen/nieuw/")
    portal.client.sign_in(portal.person, subject=child)
    assert "Bel bij koorts altijd." in portal.text("/vragen/nieuw/")


# Where


def test_req79_who_has_a_pharmacy_that_takes_questions_chooses_where(portal):
    pharmacy = with_pharmacy(portal)
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    assert there.endswith("waar/")
    assert "Apotheek De Vijzel" in portal.text(there)
    there = portal.client.post(there, {"place": pharmacy.pk})["Location"]
    draft = there.rsplit("/", 2)[0] + "/"
    page = portal.text(there)
    assert f'href="{draft}waar/"' in page, "back to the choice (ux 2)"
    assert re.search(rf'value="{pharmacy.pk}"[^>]*checked', portal.text(f"{draft}waar/")), "and it was kept"
    assert "M. Koster" in page
    assert "dr. J. de Wit" not in page
    portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    portal.client.post(f"{draft}waarover/", {"subject": "Pillen"})
    portal.client.post(f"{draft}vraag/", {"text": "Mag dit bij het eten?"})
    assert "Verstuur naar de apotheek" in portal.text(f"{draft}controleer/")
    assert "Liever aan de huisarts vragen" in portal.text(f"{draft}aan/")
    sent = portal.text(portal.press_send(draft)["Location"])
    assert ConsultMessage.objects.get().practice_id == pharmacy.pk
    thread = portal.text(f"/vragen/{draft.split('/')[3]}/")
    assert "Aan Apotheek De Vijzel" in thread
    assert "Gelezen door de apotheek" in thread, "the practice is the GP practice to a patient"
    assert "De apotheek leest uw vraag" in sent
    assert "De praktijk leest" not in sent
    assert "Apotheek De Vijzel · " in portal.text("/vragen/"), "the list says who was asked"


def _with_photo(portal, draft, **values):
    """A photo with a draft; returns its bytes."""
    row = Consult.objects.get(pk=int(draft.split("/")[3]))
    content = values.pop("content", b"een foto")
    add_attachment(row, content=content, thumbnail=b"klein", file_name="foto.jpg", media_type="image/jpeg", **values)
    return content


def test_req32_photos_and_text_go_along_to_the_other_place_and_the_page_says_so(portal):
    pharmacy = with_pharmacy(portal)
    draft = portal.fill()
    content = _with_photo(portal, draft, virus_state="waiting")
    assert "uw foto's en bestanden gaan mee" in html.unescape(portal.text(f"{draft}waar/"))
    there = portal.client.post(f"{draft}waar/", {"place": pharmacy.pk}, follow=True)
    assert "Niet alles kon mee" not in there.content.decode()
    [row] = ConsultAttachment.objects.select_related("consult", "stored")
    assert (row.practice_id, row.consult.practice_id, row.virus_state) == (pharmacy.pk, pharmacy.pk, "waiting")
    assert (bytes(row.stored.content), bytes(row.stored.thumbnail)) == (content, b"klein")
    assert row.consult.draft_text == "Mag ik sporten?"
    portal.client.post(f"/vragen/concept/{row.consult_id}/waar/", {"place": portal.practice.pk})
    [row] = ConsultAttachment.objects.all()
    assert row.practice_id == portal.practice.pk, "and back"


def test_req32_what_does_not_fit_there_stays_here_and_that_is_said(portal, monkeypatch):
    monkeypatch.setattr("zorgbalie.consult.actions.attachments.MOST_FILES", 1)
    pharmacy = with_pharmacy(portal)
    draft = portal.fill()
    _with_photo(portal, draft)
    _with_photo(portal, draft, content=b"nog een")
    there = portal.client.post(f"{draft}waar/", {"place": pharmacy.pk}, follow=True)
    assert "Niet alles kon mee" in there.content.decode()
    assert sorted(ConsultAttachment.objects.values_list("practice_id", flat=True)) == sorted(
        [portal.practice.pk, pharmacy.pk]
    )
    assert set(Consult.objects.values_list("draft_text", flat=True)) == {"Mag ik sporten?"}


def test_req32_a_text_that_waits_there_is_not_overwritten_and_the_new_one_is_kept(portal):
    pharmacy = with_pharmacy(portal)
    draft = portal.fill()
    portal.client.post(f"{draft}waar/", {"place": pharmacy.pk})
    again = portal.fill()
    portal.client.post(f"{again}vraag/", {"text": "Iets heel anders"})
    there = portal.client.post(f"{again}waar/", {"place": pharmacy.pk}, follow=True)
    assert "Niet alles kon mee" in there.content.decode()
    assert set(Consult.objects.values_list("draft_text", flat=True)) == {"Mag ik sporten?", "Iets heel anders"}


@pytest.mark.parametrize("place", ["", "x", "0", "\x00", "foreign"])
def test_row7_no_other_place_can_be_chosen(portal, place):
    with_pharmacy(portal)
    chosen = world.make_practice().pk if place == "foreign" else place
    there = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"]
    assert portal.client.post(there, {"place": chosen}).status_code == 422


def test_r14_a_pharmacy_that_is_off_is_no_choice(portal):
    pharmacy = with_pharmacy(portal)
    Account.objects.filter(practice=pharmacy).update(facilities=["medication"])
    assert portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})["Location"].endswith("aan/")


# About a part of the record


def test_ux30_a_medicine_and_a_contact_lead_to_a_question_about_them(portal):
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    medicine = world.make_medication(portal.person, portal.practice, title="AMLODIPINE")
    encounter = world.make_encounter(portal.person, portal.practice)
    world.make_entry(encounter, world.make_episode(portal.person, portal.practice), "E")
    for path, over, kind in (
        ("/dossier/medicijnen/", f"medicijn-{medicine.pk}", "medicine"),
        ("/dossier/contacten/", f"contact-{encounter.pk}", "contact"),
    ):
        assert f"/vragen/nieuw/?over={over}" in portal.text(path)
        draft = portal.fill(over)
        portal.press_send(draft)
        row = Consult.objects.latest("pk")
        assert (row.about_kind, row.reason_name) == (kind, "")
        assert f'href="{path}"' in portal.text(f"/vragen/{row.pk}/")
    assert Consult.objects.get(about_kind="medicine").about_title == "AMLODIPINE"


def test_rows1_9_a_medicine_or_contact_that_is_not_shown_cannot_be_asked_about(portal):
    other, _ = world.make_patient_with_open_record(portal.practice)
    medicine = world.make_medication(other, portal.practice)
    encounter = world.make_encounter(other, portal.practice)
    own = world.make_medication(portal.person, portal.practice)  # the record was not released
    for over in (f"medicijn-{medicine.pk}", f"contact-{encounter.pk}", f"regel-{encounter.pk}", f"medicijn-{own.pk}"):
        assert portal.get(f"/vragen/nieuw/?over={over}").status_code == 404
    assert not Consult.objects.exists()


def test_r14_while_questions_are_off_no_medicine_offers_one(portal):
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    world.make_medication(portal.person, portal.practice)
    Account.objects.update(facilities=OFF)
    assert "/vragen/" not in portal.text("/dossier/medicijnen/")


def test_row1_another_patient_finds_no_page_of_a_draft(portal):
    draft, _there = choose(portal, make_reason(portal.practice))
    other, _ = world.make_patient_with_open_record(portal.practice)
    portal.client.sign_in(other)
    for page in ("voor-wie", "waar", "reden", "antwoord/1", "misschien"):
        assert portal.get(f"{draft}{page}/").status_code == 404, page
        assert portal.client.post(f"{draft}{page}/", {"answer": "x"}).status_code in (404, 405), page


def test_ux56_choosing_and_answering_cost_the_same_with_one_and_thirty_reasons(portal):
    reason = make_reason(portal.practice, KINDS)
    draft, _there = choose(portal, reason)
    sent = rows.make_consult(portal.person, portal.practice)
    make_answer(sent)
    costs = []
    for number in (0, 29):
        for _ in range(number):
            make_reason(portal.practice, KINDS)
        for place in range(2, 8 if number else 2):
            make_answer(sent, place)
        cost = []
        for path in (f"{draft}reden/", f"{draft}antwoord/3/", f"{draft}misschien/", f"/vragen/{sent.pk}/"):
            portal.get("/")
            with portal.client.stay(), CaptureQueriesContext(connection) as captured:
                assert portal.get(path).status_code in (200, 302)
            cost.append(len(captured))
        costs.append(cost)
    assert costs[0] == costs[1]


def test_ux56_for_whom_costs_the_same_with_one_and_thirty_children(portal):
    draft = portal.begin()
    costs = []
    for number in (1, 29):
        for _ in range(number):
            _child(portal)
        portal.get("/")
        with portal.client.stay(), CaptureQueriesContext(connection) as captured:
            assert portal.get(f"{draft}voor-wie/").status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_questions_have_one_heading_that_is_their_label(portal):
    draft, _there = choose(portal, make_reason(portal.practice, ("yes_no", "short")))
    radio, typed = portal.text(f"{draft}antwoord/1/"), portal.text(f"{draft}antwoord/2/")
    assert re.search(r"<legend[^>]*><h1[^>]*>Vraag 1\?</h1></legend>", radio)
    assert re.search(r'<h1[^>]*><label for="id_answer">Vraag 2\?</label></h1>', typed)


def test_r14_without_questions_at_the_gp_practice_its_record_leads_to_no_question_at_the_pharmacy(portal):
    with_pharmacy(portal)
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    encounter = world.make_encounter(portal.person, portal.practice)
    episode = world.make_episode(portal.person, portal.practice)
    world.make_entry(encounter, episode, "E")
    medicine = world.make_medication(portal.person, portal.practice, title="AMLODIPINE")
    Account.objects.filter(practice=portal.practice).update(facilities=OFF)
    for path in (f"/dossier/klachten/{episode.pk}/", "/dossier/contacten/"):
        assert "/vragen/nieuw/?over=" not in portal.text(path)
    for over in (f"klacht-{episode.pk}", f"contact-{encounter.pk}"):
        assert portal.get(f"/vragen/nieuw/?over={over}").status_code == 404
        answer = portal.client.post("/vragen/nieuw/", {"none_of_these": "on", "over": over})
        assert answer.status_code == 404
    assert not Consult.objects.exists()
    assert f"/vragen/nieuw/?over=medicijn-{medicine.pk}" in portal.text("/dossier/medicijnen/")
    portal.begin(f"medicijn-{medicine.pk}")
