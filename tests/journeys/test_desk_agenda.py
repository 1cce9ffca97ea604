"""The agenda at the desk (REQ 36; R10): dragging with script on a desktop, and all without script on a phone."""

import re

import pytest

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
ASSISTANT = "assistente@linde.example"


def busy_day(page, demo) -> str:
    """The address of a coming day with appointments and free places, found through the week in numbers."""
    page.goto(f"{demo.desk}/agenda/?weergave=week")
    for _ in range(3):
        page.get_by_role("link", name="Later").click()
        for one in page.locator(".zb-agenda__count a").all():
            said = one.inner_text()
            if re.search(r"[1-9]\d* afspra", said) and re.search(r"[1-9]\d* vrij", said):
                return demo.desk + one.get_attribute("href")
    raise AssertionError("three weeks without an appointment")


def free_place_for(page, appointment):
    """A free place at which this kind of appointment can begin."""
    kind = appointment.get_attribute("data-kind")
    fits = [one for one in page.locator("[data-drop]").all() if kind in one.get_attribute("data-kinds").split()]
    return fits[0]


def test_req36_an_appointment_is_dragged_and_asked_about(demo):
    with demo.page(viewport=DESKTOP) as page:
        demo.employee(page, ASSISTANT)
        page.goto(busy_day(page, demo))
        appointment = page.locator("[data-move]").first
        name = appointment.locator("a").inner_text()
        place = free_place_for(page, appointment)
        time = place.locator(".zb-agenda__time").inner_text()
        appointment.drag_to(place)
        page.wait_for_url("**/agenda/verzetten/**")
        assert name in page.locator("h1").inner_text()
        page.get_by_role("button", name="Verzet de afspraak").click()
        assert f"De afspraak van {name} is verzet." in page.inner_text("main")
        moved = page.locator(".zb-agenda__one", has=page.get_by_role("link", name=name, exact=True))
        assert time in moved.first.inner_text()


def test_r10_time_is_filled_and_freed_without_script_on_a_phone(demo):
    with demo.page(viewport=PHONE, script=False) as page:
        demo.employee(page, ASSISTANT)
        day = busy_day(page, demo)
        page.goto(day)
        name = page.locator(".zb-agenda__one > a").first.inner_text()
        taken = page.locator(".zb-agenda__one .zb-agenda__time").first.inner_text().replace(".", ":")
        page.get_by_role("link", name="Vul tijd").click()
        page.fill("input[name=titel]", "Teamoverleg")
        page.fill("input[name=van]", taken)
        page.fill("input[name=tot]", "23:50")
        page.get_by_role("button", name="Zet in de agenda").click()
        assert f"afspraak van {name}" in page.inner_text("main")
        page.fill("input[name=van]", "22:00")
        page.get_by_role("button", name="Zet in de agenda").click()
        page.goto(day)
        page.get_by_role("link", name="Overleg: Teamoverleg").click()
        page.get_by_role("button", name="Haal dit uit de agenda").click()
        assert "De tijd is weer vrij." in page.inner_text("main")
        page.get_by_role("link", name="Daglijst").click()
        assert page.locator("h1").inner_text().startswith("Daglijst van")
