"""The practice's list of links, and which addresses become links for the patient (REQ 47; security row 26)."""

import pytest

from tests.architecture.test_wall_writes import refused
from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import answering as rows
from tests.factories import world
from tests.factories.knowledge import make_link, make_source
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import answer_links as actions
from zorgbalie.consult.models import StandardLink
from zorgbalie.consult.queries import answer_links as queries
from zorgbalie.consult.types import LinkNotUsable
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
KNEE = "https://oefenen.example/knie"


@pytest.fixture
def manager():
    return world.viewer_of_employee(world.make_employee(world.make_practice(), role="manager"))


def save(who, title="Knie", address=KNEE, number=None):
    with acting(who):
        return actions.save_link(viewer=who, link_id=number, title=title, address=address)


def test_req47_a_manager_keeps_the_list(manager):
    number = save(manager, "  Oefeningen   knie ", f" {KNEE} ")
    assert save(manager, "Oefeningen knie") == number
    save(manager, "Anders", "HTTPS://www.oefenen.example/rug", number)
    row = StandardLink.objects.get()
    assert (row.title, row.url, row.host) == ("Anders", "https://www.oefenen.example/rug", "oefenen.example")
    with acting(manager):
        [one] = queries.list_standard_links(viewer=manager, search="RUG anders", page=1).rows
        actions.remove_link(viewer=manager, link_id=one.link_id)
    assert not StandardLink.objects.exists()
    assert AuditEvent.objects.filter(event="consult.link_saved").count() == 2


@pytest.mark.parametrize(
    ("title", "address", "field"),
    [
        ("", KNEE, "title"),
        ("x" * 121, KNEE, "title"),
        ("x", "http://oefenen.example/", "address"),
        ("x", "javascript:alert(1)", "address"),
        ("x", "https://localhost/", "address"),
        ("x", "https://10.0.0.1/", "address"),
        ("x", "https://a@oefenen.example/", "address"),
        ("x", "https://oefenen.example:8080/", "address"),
        ("x", 'https://oefenen.example/"><script>', "address"),
        ("x", "https://oefenen.example/a b", "address"),
        ("x", f"https://oefenen.example/{'x' * 500}", "address"),
    ],
)
def test_row26_what_cannot_be_a_link_is_named_at_its_field(manager, title, address, field):
    with pytest.raises(LinkNotUsable) as refusal:
        save(manager, title, address)
    assert refusal.value.field == field


def test_one_address_stands_once(manager):
    save(manager)
    with pytest.raises(LinkNotUsable):
        save(manager, "Andere titel")


def test_row6_only_who_manages_changes_it_and_nobody_elses(manager):
    number = save(manager)
    colleague = world.viewer_of_employee(
        world.make_employee(world.make_practice(), rights=[StaffRight.ANSWER_CONSULTS])
    )
    for act in (save, lambda who: queries.list_standard_links(viewer=who, search="", page=1)):
        with pytest.raises(NotAllowed), acting(colleague):
            act(colleague)
    elsewhere = world.viewer_of_employee(world.make_employee(world.make_practice(), role="manager"))
    with pytest.raises(NotVisible):
        save(elsewhere, "Anders", KNEE, number)
    insert = (
        "INSERT INTO consult_standardlink (practice_id, title, url, host) VALUES (%s, 'x', 'https://x.example/', 'x')"
    )
    assert refused(elsewhere, insert, [manager.practice_id])
    assert not refused(elsewhere, insert, [elsewhere.practice_id])


class TestInAnAnswer:
    """Which addresses a patient can press."""

    def links(self, scene, text):
        consult_id = scene.ask(text="Zie https://oefenen.example/van-mij")
        scene.answer(consult_id, text)
        question, answer = scene.read(consult_id).messages
        assert question.parts == (), "what a patient writes is text for both sides"
        return [part.address for part in answer.parts if part.address]

    def test_req47_websites_of_the_list_and_of_the_sources_are_links_and_no_other(self, now):
        scene = Scene(now)
        rows.add_link(scene.practice, host="oefenen.example")
        rows.add_link(world.make_practice(), host="elders.example")
        make_link(scene.practice, url="https://www.bladen.example/x", host="www.bladen.example")
        text = (
            f"{KNEE} https://www.oefenen.example/x http://oefenen.example/y https://elders.example/ "
            "https://www.thuisarts.nl/knie https://bladen.example/z https://oefenen.example.evil.example/ "
            "https://sub.oefenen.example/"
        )
        assert self.links(scene, text) == [
            KNEE, "https://www.oefenen.example/x", "https://www.thuisarts.nl/knie", "https://bladen.example/z",
        ]  # fmt: skip

    def test_row26_a_website_that_is_taken_off_is_text_from_then_on(self, now):
        scene = Scene(now)
        rows.add_link(scene.practice, host="oefenen.example")
        consult_id = scene.ask()
        scene.answer(consult_id, KNEE)
        assert scene.read(consult_id).has_links
        StandardLink.objects.all().delete()
        assert not scene.read(consult_id).has_links
        assert scene.read(consult_id).messages[1].text == KNEE

    def test_a_source_that_the_practice_switched_off_is_no_link(self, now):
        scene = Scene(now)
        make_source(scene.practice, template="https://zoek.example/?q={term}", is_on=False)
        assert self.links(scene, "https://zoek.example/a") == []


def test_req47_links_by_subject_own_first_then_pages_then_search(now):
    scene = Scene(now)
    rows.add_link(scene.practice, title="Knie oefeningen")
    rows.add_link(world.make_practice(), title="Knie van een ander")
    make_link(
        scene.practice, title="Knieklachten", url="https://www.thuisarts.nl/knieklachten", host="www.thuisarts.nl"
    )
    who = scene.staff()
    with acting(who):
        found = queries.list_offered_links(viewer=who, words="knie")
        none = queries.list_offered_links(viewer=who, words="")
    assert [one.title for one in found][:2] == ["Knie oefeningen", "Knieklachten"]
    searches = [one for one in found if one.term]
    assert searches
    assert all("knie" in one.address for one in searches)
    assert [one.title for one in none] == ["Knie oefeningen"]
    without = world.viewer_of_employee(world.make_employee(scene.practice, rights=[StaffRight.READ_RECORD]))
    with pytest.raises(NotAllowed), acting(without):
        queries.list_offered_links(viewer=without, words="knie")
