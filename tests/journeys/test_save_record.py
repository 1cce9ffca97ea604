"""A patient saves her record with the running worker, with and without script (REQ 10, 22; Wabvpz 15d)."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.journey
_TRIES = 60


@pytest.mark.parametrize(
    ("script", "viewport", "dark"),
    [(True, DESKTOP, False), (False, PHONE, True)],
    ids=["script-desktop-light", "no-script-phone-dark"],
)
def test_patient_saves_her_record(demo, script, viewport, dark, tmp_path):
    with demo.page(script=script, viewport=viewport, dark=dark) as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/opslaan/")
        document = _make(page, "document", script, tmp_path)
        bundle = _make(page, "bestand", script, tmp_path)
        text = "\n".join(one.extract_text() for one in PdfReader(document).pages)
        assert "Boezemfibrilleren" in text
        assert "Apotheek De Vijzel" in text
        kinds = {one["resource"]["resourceType"] for one in json.loads(bundle.read_text())["entry"]}
        assert {"Patient", "EpisodeOfCare", "Encounter", "Composition", "Observation", "MedicationRequest"} <= kinds
        page.goto(f"{demo.portal}/logboek/")
        assert "bewaarde een bestand van het dossier" in page.inner_text("main")


def _make(page, what: str, script: bool, folder: Path) -> Path:
    page.get_by_role("button", name=f"Maak het {what}").or_(
        page.get_by_role("button", name=f"Maak een nieuw {what}")
    ).click()
    link = page.get_by_role("link", name=f"Download het {what}")
    if script:
        link.wait_for(timeout=60_000)
    look = page.get_by_role("button", name="Kijk opnieuw").first
    for _ in range(_TRIES):
        link.or_(look).first.wait_for()
        if link.count():
            break
        page.wait_for_timeout(500)
        look.click()
    with page.expect_download() as found:
        link.click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path
