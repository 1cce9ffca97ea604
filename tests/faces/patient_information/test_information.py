"""The page between the portal and another website (REQ 19, 81; R14; security rows 1, 26, 31, 67)."""

import re
from datetime import timedelta

import pytest

from tests.factories import world
from tests.factories.knowledge import HOSTILE, default_sources, make_link
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db


class Items:
    """A patient with one of each kind, signed in."""

    def __init__(self, client) -> None:
        default_sources()
        self.client = client
        self.patient, self.practice = world.make_patient_with_open_record(given_name="Anna", family_name="Bos")
        self.episode = world.make_episode(self.patient, self.practice, title="Rugpijn bij Anna Bos")
        self.medicine = world.make_medication(
            self.patient, self.practice, title="APIXABAN TABLET 5MG", code="12345",
            code_system="urn:oid:2.16.840.1.113883.2.4.4.10",
        )  # fmt: skip
        self.value = world.make_observation(self.patient, self.practice, title="Nierfunctie (eGFR)", code="3583")
        client.sign_in(self.patient)

    @property
    def paths(self) -> list[str]:
        return [
            f"/dossier/klachten/{self.episode.pk}/informatie/",
            f"/dossier/medicijnen/{self.medicine.pk}/informatie/",
            f"/dossier/uitslagen/{self.value.pk}/informatie/",
        ]

    def hrefs(self, path: str, query: str = "") -> list[str]:
        answer = self.client.get(path + query)
        assert answer.status_code == 200
        return re.findall(r'href="(https?:[^"]*)"', answer.content.decode())


@pytest.fixture
def items(portal_client) -> Items:
    return Items(portal_client)


def test_req19_81_each_item_leads_to_its_page_and_that_to_a_search(items):
    found = [items.hrefs(path) for path in items.paths]
    assert found == [
        ["https://www.thuisarts.nl/zoeken?query=Rugpijn%20bij"],
        ["https://www.apotheek.nl/zoeken?q=apixaban"],
        ["https://www.thuisarts.nl/zoeken?query=Nierfunctie"],
    ]
    from_pages = [
        f"/dossier/klachten/{items.episode.pk}/",
        "/dossier/medicijnen/",
        f"/dossier/uitslagen/{items.value.pk}/",
    ]
    for page, path in zip(from_pages, items.paths, strict=True):
        assert f'href="{path}"' in items.client.get(page).content.decode()


@pytest.mark.parametrize(("number", "values"), [
    (0, {"code_system": "icpc1", "code": "K78"}),
    (1, {"code_system": "prk", "code": "12345", "url": "https://www.apotheek.nl/", "host": "www.apotheek.nl"}),
    (2, {"code_system": "nhg45", "code": "3583"}),
])  # fmt: skip
def test_req19_81_a_loaded_page_goes_before_the_search(items, number, values):
    link = make_link(items.practice, **values)
    assert items.hrefs(items.paths[number]) == [link.url]
    link.state = "dead"
    link.save()
    assert "/zoeken?q" in items.hrefs(items.paths[number])[0]


def test_row67_the_page_holds_links_only_and_says_what_the_other_site_sees(items):
    for path in items.paths:
        answer = items.client.get(path)
        text = answer.content.decode()
        assert "U gaat naar een andere website" in text
        assert "Het zoekwoord dat die website ziet:" in text
        links = re.findall(r"<a [^>]*href=\"https:[^>]*>", text)
        assert links
        assert all('rel="noreferrer noopener external"' in one for one in links)
        assert all('referrerpolicy="no-referrer"' in one and "target=" not in one for one in links)
        without = re.sub(r"<a [^>]*>", "", text)
        assert "https:" not in without
        assert not re.search(r"prefetch|preconnect|<iframe|<form[^>]+action=\"http", text)
        assert answer.headers["X-DNS-Prefetch-Control"] == "off"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "query", ["?next=https://evil.example/", "?url=//evil.example", "?q=evil.example&term=x&site=y"]
)
def test_row31_no_address_comes_from_the_request(items, query):
    for path in items.paths:
        assert items.hrefs(path, query) == items.hrefs(path)
        assert "evil.example" not in items.client.get(path + query).content.decode().replace(query, "").replace(
            query.replace("&", "&amp;"), ""
        )


def test_row26_markup_in_a_title_is_text(items):
    for item in (items.episode, items.medicine, items.value):
        item.title = HOSTILE
        item.save()
    make_link(title=HOSTILE, host="eigen.example", url="https://eigen.example/")
    for path in items.paths:
        text = items.client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_row1_an_item_of_somebody_else_is_as_one_that_is_not_there(items):
    other, _ = world.make_patient_with_open_record(items.practice)
    items.client.sign_in(other)
    missing = [re.sub(r"\d+", "987654321", path) for path in items.paths]
    answers = [items.client.get(path) for path in (*items.paths, *missing)]
    assert [answer.status_code for answer in answers] == [404] * 6


def test_r3_a_hidden_item_has_no_information(items):
    for item in (items.episode, items.medicine, items.value):
        item.visible_to_patient = False
        item.save()
    assert [items.client.get(path).status_code for path in items.paths] == [404] * 3


def test_r14_with_the_facility_off_there_is_none(items):
    Account.objects.update(facilities=["journal_ep", "diagnostic_values"])
    assert [items.client.get(path).status_code for path in items.paths] == [200, 404, 200]
    Account.objects.update(facilities=["medication"])
    assert [items.client.get(path).status_code for path in items.paths] == [404] * 3


def test_req10_the_look_is_logged_as_a_look_at_the_item_at_its_own_practice(items):
    pharmacy = world.make_practice("pharmacy")
    world.enrol(items.patient, pharmacy, world.make_account(pharmacy))
    world.sign_agreement(items.patient, pharmacy)
    world.release_record(items.patient, pharmacy)
    there = world.make_medication(items.patient, pharmacy, title="MACROGOL")
    for path, kind, practice in (
        (items.paths[0], "episodes", items.practice),
        (items.paths[1], "medication", items.practice),
        (items.paths[2], "observations", items.practice),
        (f"/dossier/medicijnen/{there.pk}/informatie/", "medication", pharmacy),
    ):
        before = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        assert items.client.get(path).status_code == 200
        lines = AuditEvent.objects.filter(pk__gt=before).values_list("event", "kind", "practice_id", "outcome")
        assert list(lines) == [("record.read", kind, practice.pk, "0")]


def test_ux33_a_value_that_asks_first_has_no_information_before_it_was_read(items):
    report = world.make_lab_report(items.patient, items.practice, "Kalium", world.make_employee(items.practice))
    report.is_upsetting, report.published_at = True, current_moment() - timedelta(days=1)
    report.state, report.conclusion = "published", "Bel ons."
    report.sampled_at = report.reported_at = current_moment()
    report.save()
    items.value.lab_report = report
    items.value.save()
    assert items.client.get(items.paths[2]).status_code == 404
    assert items.client.get(f"/dossier/uitslagen/onderzoek/{report.pk}/?lees=nu").status_code == 200
    assert items.client.get(items.paths[2]).status_code == 200


def test_without_any_source_the_page_says_so(items):
    from zorgbalie.knowledge.models import KnowledgeSource

    KnowledgeSource.objects.all().delete()
    assert "Hier staat geen informatie" in items.client.get(items.paths[0]).content.decode()
