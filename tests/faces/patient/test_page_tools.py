"""What one can do with a page of the record stands in one place, after what the page says (ux 21, 30, 35; REQ 19)."""

import re

import pytest

from tests.factories import consult, documents, world
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import Account
from zorgbalie.practice.types import Facility

pytestmark = pytest.mark.django_db


class Pages:
    """A page of each kind, and the words on it that say what it is about."""

    def __init__(self, client):
        now = current_moment()
        self.client = client
        patient, practice = world.make_patient_with_open_record()
        documents.switch_on(practice)
        consult.make_consult(patient, practice)
        report = world.make_lab_report(
            patient, practice, "Uw nieren werken goed", world.make_employee(practice), state="published",
            published_at=now,
        )  # fmt: skip
        self.value = world.make_observation(
            patient, practice, lab_report=report, observed_on=now.date(), category="laboratory"
        )
        episode = world.make_episode(patient, practice, title="Knieklachten")
        self.medicine = world.make_medication(patient, practice, title="IBUPROFEN 400 MG")
        letter = documents.make_document(
            patient, practice, state="shared", explanation="Uw hart is goed", published_at=now
        )
        self.of = {
            "result": (f"uitslagen/onderzoek/{report.pk}/", "Uw nieren werken goed", "uitslag", report.pk),
            "value": (f"uitslagen/{self.value.pk}/", "Nieuwste waarde", "meting", self.value.pk),
            "episode": (f"klachten/{episode.pk}/", "Contacten over deze klacht", "klacht", episode.pk),
            "letter": (f"brieven/{letter.pk}/", "Uw hart is goed", "brief", letter.pk),
            "medicines": ("medicijnen/", "IBUPROFEN 400 MG", "", 0),
        }
        client.sign_in(patient)

    def text(self, name):
        answer = self.client.get(f"/dossier/{self.of[name][0]}")
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def pages(portal_client):
    return Pages(portal_client)


@pytest.mark.parametrize("is_on", [True, False])
def test_r14_the_foot_of_a_list_leads_to_a_question_while_questions_are_on(pages, is_on):
    if not is_on:
        Account.objects.update(facilities=[one.value for one in Facility if one is not Facility.E_CONSULT])
    foot = pages.client.get("/dossier/brieven/").content.decode().partition('id="vragen-kop"')[2]
    assert ('href="/vragen/"' in foot.partition("</section>")[0]) is is_on


@pytest.mark.parametrize("name", ["result", "value", "episode", "letter", "medicines"])
def test_ux30_what_the_page_says_comes_first_and_the_tools_stand_together_after_it(pages, name):
    text = pages.text(name)
    content, _, tools = text.partition('aria-labelledby="verder-kop"')
    _path, words, kind, pk = pages.of[name]
    assert words in content
    tools = tools.partition("</section>")[0]
    places = [
        tools.index(one)
        for one in (
            'href="/vragen/nieuw/', "zb-tools__list", "/verzoeken/nieuw/", "Wie heeft dit gezien?", "data-read=",
            "data-print",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    for once in ("data-read=", "data-print", "Wie heeft dit gezien?"):
        assert text.count(once) == 1, once
    # Each medicine of a list has a question of its own beside this one.
    assert tools.count("Stel een vraag over") == 1
    if kind:
        assert f'href="/verzoeken/nieuw/{kind}/{pk}/"' in tools
        assert f'href="/verzoeken/nieuw/{kind}/{pk}/"' not in content


@pytest.mark.parametrize("name", ["result", "value", "episode"])
def test_req19_reliable_information_stands_among_them(pages, name):
    content, _, tools = pages.text(name).partition('aria-labelledby="verder-kop"')
    assert "Betrouwbare informatie" in tools
    assert "Betrouwbare informatie" not in content


def test_req19_each_medicine_has_its_own_information_and_its_own_question_whether_it_is_right(pages):
    text = pages.text("medicines")
    (item,) = re.findall(r'<div class="zb-itemtools">.*?</div>', text, re.DOTALL)
    assert f"/dossier/medicijnen/{pages.medicine.pk}/informatie/" in item
    assert f"/verzoeken/nieuw/medicijn/{pages.medicine.pk}/" in item
