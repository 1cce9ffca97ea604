"""How a patient asks a question in the portal, for journeys that are about what happens with it."""

import re

_NO_FORM = "Iets anders"


def ask(page, portal: str, subject: str, text: str) -> None:
    """From the warnings to the sent question: to the first who can be asked, without a form of the practice."""
    page.goto(f"{portal}/vragen/nieuw/")
    page.get_by_role("checkbox").check()
    _on(page)
    for step in ("waar", "aan", "reden"):
        if page.url.endswith(f"/{step}/"):
            other = page.get_by_role("radio", name=_NO_FORM)
            (other if other.count() else page.get_by_role("radio").first).check()
            _on(page)
    page.get_by_role("textbox").fill(subject)
    _on(page)
    page.get_by_role("textbox").fill(text)
    _on(page)
    if page.url.endswith("/bestanden/"):
        _on(page)
    page.get_by_role("button", name="Verstuur naar de praktijk").click()
    assert re.search("Antwoord uiterlijk", page.inner_text("main"))


def _on(page) -> None:
    before = page.url
    page.get_by_role("button", name="Verder", exact=True).click()
    page.wait_for_url(lambda url: url != before)
