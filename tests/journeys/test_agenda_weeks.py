"""The manager changes the weeks of an agenda (REQ 36, 74): a block is dragged, and a day off lists what stands there.

Once by dragging on a wide screen, once by forms without script on a phone. Each puts back what it changed.
"""

from datetime import timedelta

import pytest

from tests.journeys.conftest import DESKTOP, PHONE
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.iso_weeks import week_name

pytestmark = pytest.mark.journey
MANAGER = "manager@linde.example"
HOUR = 48
"""Pixels of an hour in the calendar."""


def far_monday(weeks):
    """A week in which nobody booked anything."""
    day = local_date(current_moment()) + timedelta(weeks=weeks)
    return day - timedelta(days=day.weekday())


def open_week(page, demo, name, monday):
    page.goto(f"{demo.desk}/beheer/afspraken/agendas/")
    page.get_by_role("row", name=name).get_by_role("link", name="weekrooster").click()
    page.goto(f"{page.url}?week={week_name(monday)}")


def day_of(page, number):
    return page.locator(".mg-week > li").nth(number)


def test_a_block_is_dragged_for_one_week(demo):
    with demo.page(viewport=DESKTOP) as page:
        demo.employee(page, MANAGER)
        monday = far_monday(20)
        open_week(page, demo, "Tom Willems", monday)
        assert "9.00 tot 16.00 uur" in day_of(page, 1).inner_text()
        box = page.locator(".ec-event").filter(has_text="Controle bij diabetes").first.bounding_box()
        left, top = box["x"] + 20, box["y"] + HOUR
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(left, top - HOUR / 2, steps=5)
        page.mouse.move(left, top - HOUR, steps=5)
        with page.expect_navigation():
            page.mouse.up()
        assert "9.00 tot 16.00 uur" in page.inner_text("main"), "what stands now is named"
        assert (page.input_value("[name=starts]"), page.input_value("[name=ends]")) == ("08:00", "15:00")
        page.get_by_label("Alleen deze week").check()
        page.get_by_role("button", name="Sla op").click()
        assert "8.00 tot 15.00 uur" in day_of(page, 1).inner_text()
        assert "alleen deze dag" in day_of(page, 1).inner_text()
        page.get_by_role("link", name="Volgende week").click()
        assert "9.00 tot 16.00 uur" in day_of(page, 1).inner_text()


def test_forms_do_the_same_on_a_phone(demo):
    with demo.page(script=False, viewport=PHONE, dark=True) as page:
        demo.employee(page, MANAGER)
        open_week(page, demo, "Tom Willems", far_monday(22))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        day_of(page, 2).get_by_role("link", name="Nieuw blok").click()
        page.get_by_label("Van", exact=True).fill("9")
        page.get_by_label("Tot", exact=True).fill("8")
        page.get_by_role("button", name="Sla op").click()
        assert "Het eind is niet later dan het begin." in page.inner_text("main")
        page.get_by_label("Tot", exact=True).fill("10.30")
        page.get_by_label("Controle bij diabetes").check()
        page.get_by_role("button", name="Sla op").click()
        assert "9.00 tot 10.30 uur" in day_of(page, 2).inner_text()
        day_of(page, 2).get_by_role("link", name="Verwijder").click()
        page.get_by_label("Deze week en alle weken erna").check()
        page.get_by_role("button", name="Verwijder het blok").click()
        assert "Geen blokken" in day_of(page, 2).inner_text()
        _take_leave(page, demo, far_monday(1))


def _take_leave(page, demo, monday):
    """Appointments of those days are listed first, and stay."""
    open_week(page, demo, "dr. J. de Wit", monday)
    page.get_by_role("link", name="Vrije dagen").click()
    page.get_by_label("Eerste dag").fill(str(monday))
    page.get_by_label("Laatste dag").fill(str(monday + timedelta(days=4)))
    page.get_by_label("Waarom").fill("Nascholing")
    page.get_by_role("button", name="Sla op").click()
    assert "passen dan niet meer" in page.inner_text("main")
    page.get_by_role("button", name="Sla op, de afspraken blijven staan").click()
    assert "Nascholing" in day_of(page, 0).inner_text()
    page.get_by_role("link", name="Wijzig").last.click()
    page.get_by_role("button", name="Haal deze vrije dagen weg").click()
    page.goto(f"{page.url}?week={week_name(monday)}")
    assert "Nascholing" not in page.inner_text("main")
