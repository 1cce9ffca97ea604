"""What a patient has: an earlier time taken, moved and cancelled, with and without script (REQ 38; ux 17, 43)."""

from tests.journeys.conftest import DESKTOP, PHONE


def test_an_offer_is_taken_and_the_appointment_cancelled_after_all(demo):
    with demo.page(viewport=DESKTOP, dark=True) as page:
        demo.patient(page, "Fatima")
        page.get_by_role("link", name="U kunt eerder terecht").click()
        new = page.locator(".zb-compare__side--new strong").inner_text()
        page.get_by_role("button", name="Ja, deze tijd").click()
        page.get_by_text("Uw afspraak is verzet naar de eerdere tijd.").wait_for()
        assert new in page.inner_text("main")
        page.goto(demo.portal)
        assert new in page.inner_text("main"), "the next appointment on the first page"
        page.get_by_role("link", name=new).click()
        page.get_by_role("link", name="Zeg de afspraak af").click()
        page.get_by_role("button", name="Zeg de afspraak af").click()
        page.get_by_text("afgezegd door u").wait_for()
        assert page.get_by_role("link", name="Maak een nieuwe afspraak").count() == 1


def test_an_appointment_is_moved_on_a_phone_without_script(demo):
    with demo.page(viewport=PHONE, script=False) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/afspraken/")
        page.locator(".zb-appointments__link").nth(1).click()
        assert "U staat op de lijst voor eerder" in page.inner_text("main")
        page.get_by_role("link", name="Verzet de afspraak").click()
        page.locator("a.zb-times__day").nth(1).click()
        page.locator("#dag button[name=plek]").first.click()
        new = page.locator(".zb-compare__side--new strong").inner_text()
        page.get_by_role("button", name="Verzet de afspraak").click()
        assert "Uw afspraak is verzet." in page.inner_text("main")
        assert new in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
