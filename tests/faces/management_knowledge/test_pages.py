"""Management of reliable information (REQ 47; ux 50, 51; security rows 6, 24, 26, 31, 32)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import world
from tests.factories.knowledge import HOSTILE, default_sources, make_link
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.knowledge.models import KnowledgeChoice, KnowledgeLink, KnowledgeSource

pytestmark = pytest.mark.django_db
HERE = "/beheer/informatie/"
PAGES = [HERE, f"{HERE}laden/", f"{HERE}voorbeeld/", f"{HERE}website/"]
GOOD = "icpc1;K86;https://www.thuisarts.nl/;Hoge bloeddruk\n"


@pytest.fixture
def practice(desk_client):
    default_sources()
    practice = world.make_practice()
    desk_client.sign_in(world.make_employee(practice, role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE]))
    return practice


def upload(client, text, name="links.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"{HERE}laden/", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("path", PAGES)
def test_row6_the_right_opens_the_page_and_without_it_nothing(desk_client, practice, path):
    assert desk_client.get(path).status_code == 200
    rights = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(practice, rights=rights))
    link, source = make_link(practice), KnowledgeSource.objects.first()
    for one in (path, f"{HERE}link/{link.pk}/", f"{HERE}website/{source.pk}/"):
        assert desk_client.post(one, {"stand": "uit", "weg": "1"}).status_code in (403, 405)
    assert desk_client.get(path).status_code == 403
    assert upload(desk_client, GOOD).status_code == 403
    assert KnowledgeLink.objects.count() == 1


def test_req47_a_file_is_loaded_with_a_report_per_line(desk_client, practice):
    bad = f'icpc1;K78;javascript:alert(1);"{HOSTILE.replace(chr(34), chr(34) * 2)}"\n'
    answer = upload(desk_client, GOOD + bad + "x;y\n")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "2 regels zijn niet geladen" in text
    assert "Het adres begint niet met https://." in text
    assert "<script>alert" not in text
    assert KnowledgeLink.objects.get().practice_id == practice.pk
    event = AuditEvent.objects.get(event="knowledge.loaded", outcome="0")
    assert event.object_id == str(practice.pk)
    assert upload(desk_client, GOOD).status_code == 200
    assert KnowledgeLink.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\x00", b"\n\n", b"a" * 2_000_001])
def test_what_is_no_file_of_links_is_told_at_the_field(desk_client, practice, data):
    answer = upload(desk_client, data)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert desk_client.post(f"{HERE}laden/", {"file": "tekst"}).status_code == 422
    assert not KnowledgeLink.objects.exists()


def test_sources_on_and_off_in_order_own_and_away(desk_client, practice):
    standard = KnowledgeSource.objects.get(kind="condition")
    assert desk_client.post(f"{HERE}website/{standard.pk}/", {"stand": "uit"}).status_code == 302
    assert KnowledgeChoice.objects.get(source=standard).is_on is False
    own = {"name": "Eigen", "kind": "condition", "about": "", "template": "https://eigen.example/?q={term}"}
    for _ in range(2):
        assert desk_client.post(f"{HERE}website/", own).status_code == 302
    row = KnowledgeSource.objects.get(practice=practice)
    assert desk_client.post(f"{HERE}website/{row.pk}/", {"plek": "1"}).status_code == 302
    assert KnowledgeChoice.objects.get(source=standard).place == 2
    assert desk_client.post(f"{HERE}website/{standard.pk}/", {"weg": "1"}).status_code == 404
    assert desk_client.post(f"{HERE}website/{row.pk}/", {"weg": "1"}).status_code == 302
    assert not KnowledgeSource.objects.filter(practice=practice).exists()


@pytest.mark.parametrize(
    "template", ["javascript:alert({term})", "https://{term}/", "https://10.0.0.1/{term}", "x\x00"]
)
def test_row31_an_own_source_with_another_kind_of_address_is_refused(desk_client, practice, template):
    answer = desk_client.post(f"{HERE}website/", {"name": "x", "kind": "result", "template": template})
    assert answer.status_code == 422
    assert not KnowledgeSource.objects.filter(practice=practice).exists()


def test_a_link_that_is_gone_and_back_and_away(desk_client, practice):
    link = make_link(practice)
    path = f"{HERE}link/{link.pk}/"
    assert desk_client.get(path).status_code == 200
    assert desk_client.post(path, {"staat": "dead"}).status_code == 302
    link.refresh_from_db()
    assert (link.state, link.state_by_id is None) == ("dead", False)
    assert "Dat heeft een medewerker gezegd." in desk_client.get(path).content.decode()
    assert desk_client.post(path, {"staat": "ok"}).status_code == 302
    assert desk_client.post(path, {"staat": "x"}).status_code == 404
    assert [desk_client.post(path, {"weg": "1"}).status_code for _ in range(2)] == [302, 404]


def test_a_link_of_all_practices_or_of_another_is_not_there(desk_client, practice):
    for link in (make_link(), make_link(world.make_practice())):
        for values in ({"weg": "1"}, {"staat": "dead"}, {"staat": "x"}):
            assert desk_client.post(f"{HERE}link/{link.pk}/", values).status_code == 404
        assert desk_client.get(f"{HERE}link/{link.pk}/").status_code == 404
    assert KnowledgeLink.objects.filter(state="ok").count() == 2


def test_the_list_searches_filters_and_pages(desk_client, practice):
    for number in range(30):
        make_link(practice, code_system="gpk", code=str(number), title=f"Middel {number}")
    make_link(code="K86", title="Bloeddruk", state="dead")
    make_link(world.make_practice(), code="L03", title="Van een ander")
    text = desk_client.get(HERE).content.decode()
    assert "31 links" in text
    assert "Van een ander" not in text
    assert "Bloeddruk" in desk_client.get(HERE, {"page": "2"}).content.decode()
    only = [{"q": "bloed"}, {"stelsel": "icpc1"}, {"staat": "dead"}, {"q": "k8"}]
    assert ["1 link<" in desk_client.get(HERE, one).content.decode() for one in only] == [True] * 4
    assert "Geen link gevonden" in desk_client.get(HERE, {"q": "bestaat niet"}).content.decode()
    for odd in ({"q": "\x00'"}, {"stelsel": "x"}, {"page": "9" * 30}, {"page": "-1"}):
        assert desk_client.get(HERE, odd).status_code == 200


def test_ux51_the_preview_is_what_the_patient_gets(desk_client, practice):
    make_link(practice, code="K86", title="Hoge bloeddruk")
    asked = {"soort": "condition", "naam": "Hypertensie", "stelsel": "icpc1", "code": "K86"}
    assert "Lees “Hoge bloeddruk” op thuisarts.nl" in desk_client.get(f"{HERE}voorbeeld/", asked).content.decode()
    text = desk_client.get(f"{HERE}voorbeeld/", {**asked, "code": "", "naam": HOSTILE}).content.decode()
    assert "<script>alert" not in text
    assert desk_client.get(f"{HERE}voorbeeld/", {"soort": "x", "naam": "\x00"}).status_code == 200
