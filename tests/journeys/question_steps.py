"""How a patient comes from `Stel een vraag` to the text, and the desk to the question; shared by journeys."""

import re

LINDE = "Huisartsenpraktijk De Linde"


def begin(page, demo, *, place=LINDE, whom="De praktijk", reason="Iets anders", subject=""):
    """Past the warning, where, to whom and the reason; a reason without questions asks for a subject."""
    page.goto(f"{demo.portal}/vragen/nieuw/")
    page.get_by_role("checkbox").check()
    further(page)
    for name in (place, whom, reason):
        page.get_by_role("radio", name=re.compile(f"^{name}")).check()
        further(page)
    if subject:
        type_text(page, subject)


def further(page):
    """The button of each page, also the one that goes on without files."""
    page.get_by_role("button", name="Verder").click()


def type_text(page, words):
    page.locator("#id_answer, #id_text, #id_subject").fill(words)
    further(page)


def find_at_desk(page, demo, words):
    """Open the question that holds these words and return what stands there; empty where there is none."""
    longest = max(re.findall(r"\w+", words), key=len)
    page.goto(f"{demo.desk}/vragen/?q={longest}")
    for link in [one.get_attribute("href") for one in page.locator("tbody a").all()]:
        page.goto(f"{demo.desk}{link}")
        text = page.inner_text("main")
        if words in text:
            return text
    return ""


def send_answer(page):
    """Send what was typed; asked whether a question in the text was left unanswered, one sends it all the same."""
    page.get_by_role("button", name=re.compile("Versturen")).click()
    again = page.get_by_role("button", name="Toch versturen")
    if again.count():
        again.click()
