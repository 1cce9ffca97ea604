"""A patient says how to hear results, and the desk keeps to it (REQ 62 to 64; ux 32, 51)."""

from tests.journeys.conftest import DESKTOP, PHONE

DOCTOR = "dewit@linde.example"


def test_ux32_the_wish_stands_at_the_desk_and_is_kept_to(demo):
    with demo.page(viewport=DESKTOP) as page:
        demo.patient(page, "Fatima")
        page.goto(f"{demo.portal}/uitslag-horen/")
        page.get_by_label("Eerst op het spreekuur").check()
        page.get_by_role("button", name="Bewaar mijn keuze").click()
        page.get_by_text("Uw keuze is bewaard.").wait_for()
    with demo.page(viewport=DESKTOP) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/?q=Fatima")
        page.locator("main a[href*='/postberichten/']").first.click()
        page.get_by_text("De patiënt wil deze uitslag eerst op het spreekuur horen").wait_for()
        page.get_by_label("Conclusie voor de patiënt").fill("Uw nieren werken goed.")
        page.get_by_role("button", name="Publiceren").click()
        page.get_by_text("Er klopt iets niet").wait_for()
        assert page.get_by_label("Conclusie voor de patiënt").input_value() == "Uw nieren werken goed."
        page.get_by_label("Ik heb de patiënt hierover gesproken").check()
        page.get_by_role("button", name="Publiceren").click()
        page.get_by_text("Dat komt in het toegangslog.").wait_for()
        page.get_by_role("button", name="Publiceer de uitslag").click()
        page.get_by_text("De uitslag is gepubliceerd.").wait_for()


def test_ux51_a_rule_is_made_and_the_patient_finds_it_without_script_on_a_phone(demo):
    with demo.page(viewport=PHONE, script=False) as page:
        demo.employee(page, DOCTOR)
        page.goto(f"{demo.desk}/beheer/uitslagen/nieuw/")
        page.get_by_label("Naam").fill("Hartfilmpje")
        page.get_by_label("Woorden").fill("ecg, hartfilm")
        page.get_by_label("Eerst bellen").check()
        page.get_by_role("button", name="Bekijk het voorbeeld").click()
        assert page.get_by_text("U belt de patiënt eerst.").is_visible()
        page.get_by_role("button", name="Sla de regel op").click()
        assert page.get_by_role("link", name="Hartfilmpje").is_visible()
    with demo.page(viewport=PHONE, script=False) as page:
        demo.patient(page, "Fatima")
        page.goto(f"{demo.portal}/uitslag-horen/")
        page.get_by_label("Dat maakt mij niet uit").check()
        page.get_by_text("Bij sommige uitslagen anders?").click()
        page.get_by_label("Hartfilmpje").select_option("visit")
        page.get_by_role("button", name="Bewaar mijn keuze").click()
        assert page.get_by_label("Hartfilmpje").input_value() == "visit"
