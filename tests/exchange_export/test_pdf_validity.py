"""Every document that we make says that it is PDF/A and PDF/UA, and has what those ask for (REQ 10, 22; ux 22).

Typst checks the two norms itself while it writes and fails where a document breaks one; here stands what a reader finds
in the file. A template without a case makes the last test fail.
"""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

import zorgbalie
from tests.conftest import acting
from tests.factories import consult, world
from zorgbalie.access.actions.invitations import invite_patient
from zorgbalie.access.types import InvitationChannel
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.clock import current_moment
from zorgbalie.record.actions.copy import make_copy
from zorgbalie.record.types.desk import CopyWish, RecordPart

pytestmark = pytest.mark.django_db


def _export(scene, **_):
    return scene.download(scene.make(scene.ask()).pk).content


def _own_log(scene, portal_client, **_):
    portal_client.sign_in(scene.patient)
    portal_client.get("/dossier/")
    return portal_client.get("/logboek/pdf/").content


def _agreement(scene, portal_client, **_):
    portal_client.sign_in(scene.patient)
    return portal_client.get(f"/toegang/{scene.practice.pk}/afspraken/pdf/").content


def _desk_log(scene, desk_client, **_):
    employee = world.make_employee(scene.practice)
    scene.practice.accounts.first().members.add(employee)
    desk_client.sign_in(employee)
    desk_client.get(f"/dossier/{scene.patient.pk}/")
    return desk_client.get(f"/toegangslog/{scene.patient.pk}/pdf/").content


def _copy(scene, **_):
    viewer = world.viewer_of_employee(world.make_employee(scene.practice))
    wish = CopyWish(parts=frozenset(RecordPart), with_so=True, explanation="Hierbij uw dossier.")
    with acting(viewer):
        return make_copy(viewer=viewer, patient_id=scene.patient.pk, wish=wish, now=current_moment())


def _demo_letter(_scene, **_):
    """The invented letters of the demonstration."""
    data = {
        "language": "nl", "title": "Brief", "sender": "AMC", "date": "1 oktober 2026", "paragraphs": ["Beste collega,"],
        "page_words": ["Pagina", "van"], "note": "Verzonnen brief",
    }  # fmt: skip
    return render_pdf(template="record/demo_letter", data=data, now=current_moment())


def _letter(scene, **_):
    person = world.make_person()
    world.enrol(person, scene.practice, scene.practice.accounts.first())
    world.make_agreement_text()
    viewer = world.viewer_of_employee(world.make_employee(scene.practice))
    with acting(viewer):
        made = invite_patient(
            viewer=viewer, patient_id=person.pk, channel=InvitationChannel.LETTER, now=current_moment()
        )
    return made.letter


def _thread(scene, portal_client, **_):
    row = consult.make_consult(scene.patient, scene.practice, "Mag ik sporten?")
    consult.add_text(row, "Ja, dat mag.", world.make_employee(scene.practice))
    portal_client.sign_in(scene.patient)
    return portal_client.get(f"/vragen/{row.pk}/pdf/").content


DOCUMENTS = {
    "access/agreement": _agreement,
    "access/desk_log": _desk_log,
    "access/invitation_letter": _letter,
    "access/own_log": _own_log,
    "consult/thread": _thread,
    "exchange/record_export": _export,
    "record/copy": _copy,
    "record/demo_letter": _demo_letter,
}


@pytest.fixture(params=sorted(DOCUMENTS))
def reader(request, scene, portal_client, desk_client) -> PdfReader:
    content = DOCUMENTS[request.param](scene, portal_client=portal_client, desk_client=desk_client)
    return PdfReader(io.BytesIO(content))


def _kinds(element, found=None) -> list[str]:
    """Tags of the structure tree, in reading order."""
    found = [] if found is None else found
    element = element.get_object()
    if not hasattr(element, "get"):
        return found
    if "/S" in element:
        found.append(element["/S"])
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child.get_object(), "get"):
            _kinds(child, found)
    return found


def test_document_names_its_norms_and_is_tagged_in_its_language(reader):
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    for statement in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"):
        assert statement in xmp
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title
    kinds = _kinds(root["/StructTreeRoot"])
    assert "/H1" in kinds
    levels = [int(kind[2:]) for kind in kinds if kind[1] == "H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    if "/Table" in kinds:
        assert "/TD" in kinds


def test_row27_document_embeds_its_fonts_and_runs_nothing(reader):
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    assert "/Encrypt" not in reader.trailer
    fonts = {}
    for page in reader.pages:
        assert "/AA" not in page
        fonts |= page["/Resources"].get("/Font", {})
    assert fonts
    for font in fonts.values():
        (below,) = font.get_object().get("/DescendantFonts", [font])
        descriptor = below.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_every_template_has_a_case():
    root = Path(zorgbalie.__file__).parent
    found = {f"{path.parent.parent.name}/{path.stem}" for path in root.glob("*/pdf/*.typ")}
    assert found - {"integrations/layout"} == set(DOCUMENTS)  # the shared look is no document
