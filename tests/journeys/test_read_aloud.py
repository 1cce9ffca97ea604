"""Reading aloud on results, record and messages of the practice, with a voice that notes what it says (ux 21)."""

import re

import pytest

pytestmark = pytest.mark.journey
_VOICE = """
window.said = [];
const voice = { lang: "nl-NL", localService: true, name: "Namaakstem" };
Object.defineProperty(window, "SpeechSynthesisUtterance", {
  value: class { constructor(text) { this.text = text; } },
});
Object.defineProperty(window, "speechSynthesis", { value: {
  speaking: false, getVoices: () => [voice], addEventListener() {},
  speak(words) { this.speaking = true; window.said.push(words.text); },
  cancel() { this.speaking = false; window.said.push("[stil]"); },
} });
"""
_MUTE = 'Object.defineProperty(window, "speechSynthesis", { value: undefined });'
_NO_VOICE = _VOICE.replace("getVoices: () => [voice]", "getVoices: () => []")
_FAR_VOICE = _VOICE.replace("localService: true", "localService: false")
_PAGES = {
    "/dossier/klachten/": ["Klachten en ziektes", "Boezemfibrilleren"],
    "/dossier/contacten/": ["Contacten met de praktijk", "Hypertensie goed ingesteld"],
    "/dossier/uitslagen/": ["Uitslagen", "Nierfunctie"],
    "/dossier/medicijnen/": ["Medicijnen", "Van Huisartsenpraktijk De Linde"],
    "/logboek/": ["keer"],
    "/toegang/": ["Toegang", "Huisartsenpraktijk De Linde", "Het dossier is open"],
    "/verzoeken/2/": ["De praktijk", "Dit gaat over", "Dit schreef u"],
}


def test_ux21_what_is_read_is_what_is_seen_in_that_order_and_it_stops(demo):
    with demo.page() as page:
        page.add_init_script(_VOICE)
        demo.patient(page, "Jacqueline")
        for path, words in _PAGES.items():
            page.goto(f"{demo.portal}{path}")
            button = page.get_by_role("button", name="Lees voor")
            button.click()
            said = " ".join(page.evaluate("window.said"))
            places = [said.find(one) for one in words]
            assert -1 not in places, (path, words, said[:600])
            assert places == sorted(places), (path, words)
            for unread in ("Klopt dit niet?", "Afdrukken", "Print", "stippellijn"):
                assert unread not in said, (path, unread)
            page.get_by_role("button", name="Stop met voorlezen").click()
            assert page.evaluate("window.said.at(-1)") == "[stil]"
            assert button.get_attribute("aria-pressed") == "false"


def test_ux21_a_closed_explanation_is_not_read_and_an_open_one_is(demo):
    with demo.page() as page:
        page.add_init_script(_VOICE)
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/uitslagen/")
        page.get_by_role("link", name=re.compile("Uitslag van")).first.click()
        hidden = "Een op de twintig gezonde mensen"
        page.get_by_role("button", name="Lees voor").click()
        said = " ".join(page.evaluate("window.said"))
        assert said.find("Wat zegt uw huisarts?") < said.find("Wat kunt u doen?") < said.find("De waarden")
        assert "Uw nieren werken goed" in said
        assert hidden not in said
        page.get_by_role("button", name="Stop met voorlezen").click()
        page.get_by_text("Wat betekent dit?").click()
        page.get_by_role("button", name="Lees voor").click()
        assert hidden in " ".join(page.evaluate("window.said"))


@pytest.mark.parametrize("script", [_MUTE, _NO_VOICE, _FAR_VOICE], ids=["no-speech", "no-voice", "voice-elsewhere"])
def test_without_a_voice_on_the_device_the_button_is_not_there(demo, script):
    """A voice of a service elsewhere would send care text away."""
    with demo.page() as page:
        page.add_init_script(script)
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/contacten/")
        assert page.get_by_role("button", name="Lees voor").count() == 0
