"""English pages are English (house plan: Dutch source texts, English as a translation)."""

import re
from html import unescape
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.factories import world

CATALOGUE = Path(__file__).resolve().parents[2] / "src" / "zorgbalie" / "locale" / "en" / "LC_MESSAGES" / "django.po"
ENTRIES = list(polib.pofile(str(CATALOGUE)))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>|&\w+;")
DUTCH = re.compile(
    r"\b(de|het|een|van|voor|niet|geen|met|wordt|zijn|naar|bij|dossier|praktijk|medewerker|deze|dit|ook|kunt|heeft|"
    r"inzage|uw|u|nog|afspraken|patiënt|patiënten|jaar|uur|januari|februari|maart|mei|juni|juli|augustus|oktober)\b",
    re.IGNORECASE,
)
ENGLISH = {"Accept-Language": "en"}
PATIENT_PAGES = (
    "/", "/dossier/", "/dossier/klachten/", "/dossier/contacten/", "/dossier/uitslagen/", "/dossier/medicijnen/",
    "/dossier/allergieen/", "/logboek/", "/toegang/", "/meldingen/", "/meldingen/adres/", "/hulp/",
)  # fmt: skip
DESK_PAGES = (
    "/", "/patienten/", "/patienten/nieuw/", "/toegangslog/", "/toegangslog/noodtoegang/",
    "/toegangslog/noodtoegang/beoordelen/", "/toegangslog/niet-bezorgd/", "/beheer/praktijk/",
    "/beheer/online-inzage/", "/beheer/accounts/", "/beheer/accounts/nieuw/", "/beheer/medewerkers/",
    "/beheer/medewerkers/nieuw/", "/beheer/medewerkers/rechten/", "/beheer/groepen/", "/beheer/groepen/nieuw/",
    "/beveiliging/", "/wachtwoord/",
)  # fmt: skip
ABOUT_A_PATIENT = (
    "/patienten/{0}/", "/patienten/{0}/gegevens/", "/patienten/{0}/uitnodigen/", "/patienten/{0}/online-inzage/",
    "/dossier/{0}/", "/dossier/{0}/zichtbaarheid/", "/dossier/{0}/kopie/", "/dossier/{0}/werknotities/",
    "/toegangslog/{0}/",
)  # fmt: skip


def dutch_in(response) -> list[str]:
    """The Dutch words that somebody sees or hears on the page; the language switch names itself."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', html)
    seen = re.sub(r"<[^>]+>", "\n", html)
    return DUTCH.findall(unescape("\n".join([seen, *heard])))


@pytest.fixture
def scene():
    """A patient with one of everything, at a practice whose own names and words are not Dutch."""
    practice = world.make_practice(name="Linden Surgery")
    patient, _ = world.make_patient_with_open_record(practice, given_name="Anna", name_prefix="", family_name="Smith")
    account = practice.accounts.get()
    account.name = "Dr Jones"
    account.save()
    episode = world.make_episode(patient, practice, title="Asthma")
    contact = world.make_encounter(patient, practice)
    world.make_entry(contact, episode, text="Stable")
    world.make_observation(patient, practice)
    world.make_medication(patient, practice, episode=episode)
    world.make_allergy(patient, practice)
    world.add_work_item(patient, practice)
    return patient, practice


def forms_of(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each Dutch form with its English one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_every_translation_keeps_its_placeholders_and_tags():
    forms = [form for entry in ENTRIES for form in forms_of(entry)]
    assert len(forms) > 1000
    assert [form for form in forms if placeholders(form[0]) != placeholders(form[1])] == []


def test_no_translation_has_dutch_words():
    # Fields of a template are typed as they are named, in any language: {praktijk}.
    english = [re.sub(r"\{\w+\}", "", form[1]) for entry in ENTRIES for form in forms_of(entry)]
    assert [text for text in english if DUTCH.search(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/inloggen/", 200), ("/hulp/", 200), ("/is-er-niet/", 404)])
def test_page_before_sign_in_is_english(portal_client, address, status):
    response = portal_client.get(address, headers=ENGLISH)
    assert response.status_code == status
    assert dutch_in(response) == []
    assert dutch_in(portal_client.get(address)) != []


@pytest.mark.django_db
def test_desk_sign_in_is_english(desk_client):
    assert dutch_in(desk_client.get("/inloggen/", headers=ENGLISH)) == []
    assert dutch_in(desk_client.get("/inloggen/")) != []


@pytest.mark.django_db
@pytest.mark.parametrize("address", PATIENT_PAGES)
def test_patient_page_is_english(portal_client, scene, address):
    portal_client.sign_in(scene[0])
    response = portal_client.get(address, headers=ENGLISH)
    assert response.status_code == 200
    assert dutch_in(response) == []
    assert dutch_in(portal_client.get(address)) != []


@pytest.mark.django_db
def test_desk_pages_are_english(desk_client, scene):
    patient, practice = scene
    desk_client.sign_in(world.make_employee(practice, name="Dr Jones"))
    found = {}
    with desk_client.stay():
        for address in (*DESK_PAGES, *(one.format(patient.pk) for one in ABOUT_A_PATIENT)):
            response = desk_client.get(address, headers=ENGLISH)
            found[address] = (response.status_code, dutch_in(response))
    assert found == dict.fromkeys(found, (200, []))


@pytest.mark.django_db
def test_cookie_outranks_the_browser_and_without_either_it_is_dutch(portal_client, scene):
    portal_client.sign_in(scene[0])
    assert "Te doen" in portal_client.get("/").content.decode()
    with portal_client.stay():
        portal_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        response = portal_client.get("/", headers={"Accept-Language": "nl"})
    assert "To do" in response.content.decode()
    assert '<html lang="en"' in response.content.decode()
    assert dutch_in(response) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/dossier/contacten/", '<p class="zb-lines__text" lang="nl">Stable'),
        ("/dossier/klachten/", 'lang="nl">Asthma</a>'),
        ("/toegang/{practice}/afspraken/", '<ul lang="nl"><li>U mag inzien.</li>'),
    ],
)
def test_wcag_312_dutch_text_on_an_english_page_is_marked(portal_client, scene, address, marked):
    """Screen readers and the read-aloud button take a Dutch voice for it (WCAG 2.2, 3.1.2)."""
    portal_client.sign_in(scene[0])
    page = portal_client.get(address.format(practice=scene[1].pk), headers=ENGLISH).content.decode()
    assert '<html lang="en"' in page
    assert marked in page
