"""Which links go with a code, for which practice, and who may change that (REQ 19, 47, 81)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from tests.conftest import acting
from tests.factories import world
from tests.factories.knowledge import default_sources, make_link, make_source
from zorgbalie.integrations.knowledge.probe import Verdict
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, system_viewer
from zorgbalie.knowledge import tasks
from zorgbalie.knowledge.actions import checking, loading, managing
from zorgbalie.knowledge.models import KnowledgeChoice, KnowledgeLink, KnowledgeSource
from zorgbalie.knowledge.queries.links import list_links_for
from zorgbalie.knowledge.types import Code, CodeSystem, ItemKind, LinkState

pytestmark = pytest.mark.django_db
K78 = Code(CodeSystem.ICPC1, "K78")


@pytest.fixture
def practice():
    default_sources()
    return world.make_practice()


@pytest.fixture
def manager(practice):
    return world.viewer_of_employee(world.make_employee(practice))


def found(practice, code=K78, title="Boezemfibrilleren", kind=ItemKind.CONDITION):
    links = list_links_for(practice_id=practice.pk, kind=kind, title=title, codes=[code] if code else ())
    return [(one.address, one.title, one.term) for one in links]


SEARCH = ("https://www.thuisarts.nl/zoeken?query=Boezemfibrilleren", "thuisarts.nl", "Boezemfibrilleren")
PAGE = ("https://www.thuisarts.nl/", "Boezemfibrilleren", "")


def test_req19_without_a_link_the_patient_searches(practice):
    assert found(practice) == [SEARCH]
    assert found(practice, None, "APIXABAN TABLET 5MG", ItemKind.MEDICINE) == [
        ("https://www.apotheek.nl/zoeken?q=apixaban", "apotheek.nl", "apixaban")
    ]


def test_req19_a_link_of_the_code_goes_before_the_search_of_its_site(practice):
    make_link()
    assert found(practice) == [PAGE]
    assert found(practice, Code(CodeSystem.ICPC1, "K78.01")) == [PAGE]
    assert found(practice, Code(CodeSystem.ICPC1, "K79")) == [SEARCH]
    assert found(practice, Code(CodeSystem.ATC, "K78")) == [SEARCH]


def test_req19_a_dead_link_falls_back_to_search(practice):
    make_link(state="dead")
    assert found(practice) == [SEARCH]


def test_a_practices_own_link_goes_before_one_for_all_and_is_nobody_elses(practice):
    make_link()
    make_link(practice, url="https://thuisarts.nl/eigen", host="thuisarts.nl", title="Eigen")
    assert found(practice) == [("https://thuisarts.nl/eigen", "Eigen", "")]
    assert found(world.make_practice()) == [PAGE]


def test_a_title_without_a_plain_word_leads_to_the_start_of_the_site(practice):
    assert found(practice, None, "12-03-2024") == [("https://www.thuisarts.nl/", "thuisarts.nl", "")]


def test_a_page_elsewhere_stands_first(practice):
    make_link(url="https://eigen.example/x", host="eigen.example", title="Folder")
    assert found(practice) == [("https://eigen.example/x", "Folder", ""), SEARCH]


def test_a_practice_switches_and_orders_for_itself_alone(practice, manager):
    source = KnowledgeSource.objects.get(kind="condition", practice=None)
    own = make_source(practice)
    with acting(manager):
        managing.place_source(viewer=manager, source_id=own.pk, place=1)
        managing.place_source(viewer=manager, source_id=own.pk, place=1)
    assert [one[0] for one in found(practice)] == ["https://zoek.example/vind?q=Boezemfibrilleren", SEARCH[0]]
    with acting(manager):
        managing.switch_source(viewer=manager, source_id=source.pk, is_on=False)
        managing.switch_source(viewer=manager, source_id=source.pk, is_on=False)
    make_link()
    assert [one[0] for one in found(practice)] == ["https://zoek.example/vind?q=Boezemfibrilleren"]
    assert found(world.make_practice()) == [PAGE]
    assert KnowledgeChoice.objects.filter(practice=practice).count() == 2


CHANGES = [
    lambda viewer, link, source: managing.switch_source(viewer=viewer, source_id=source, is_on=False),
    lambda viewer, link, source: managing.place_source(viewer=viewer, source_id=source, place=1),
    lambda viewer, link, source: managing.remove_source(viewer=viewer, source_id=source),
    lambda viewer, link, source: managing.remove_link(viewer=viewer, link_id=link),
    lambda viewer, link, source: managing.mark_link(
        viewer=viewer, link_id=link, state=LinkState.DEAD, now=world.MOMENT
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_row6_changes_need_the_right_and_the_own_practice(practice, manager, change):
    theirs = world.make_practice()
    link, source = make_link(theirs), make_source(theirs)
    with acting(manager), pytest.raises(NotVisible):
        change(manager, link.pk, source.pk)
    rights = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    other = world.viewer_of_employee(world.make_employee(practice, rights=rights))
    with acting(other), pytest.raises(NotAllowed):
        change(other, make_link(practice).pk, make_source(practice, name="x").pk)
    assert KnowledgeLink.objects.filter(state="ok").count() == 2
    assert KnowledgeChoice.objects.count() == 0


@pytest.mark.parametrize("change", CHANGES[2:])
def test_what_holds_for_all_a_practice_cannot_change(practice, manager, change):
    link, source = make_link(), KnowledgeSource.objects.filter(practice=None).first()
    with acting(manager), pytest.raises(NotVisible):
        change(manager, link.pk, source.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO knowledge_knowledgelink (practice_id, code_system, code, url, host, title, state, loaded_by)"
        " VALUES ({practice}, 'icpc1', 'K1', 'https://a.nl', 'a.nl', 'x', 'ok', '')",
        "INSERT INTO knowledge_knowledgesource (practice_id, name, kind, about, template, place, is_on)"
        " VALUES ({practice}, 'x', 'condition', '', 'https://a.nl/{{term}}', 1, true)",
    ],
)
def test_row10_the_wall_lets_the_desk_write_its_own_rows_alone(practice, manager, statement):
    for other in ("NULL", world.make_practice().pk):
        with pytest.raises(DatabaseError), acting(manager), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(practice=other))
    with acting(manager), connection.cursor() as cursor:
        cursor.execute(statement.format(practice=practice.pk))


def load(viewer, text, now=world.MOMENT):
    with acting(viewer):
        report = loading.load_own_links(viewer=viewer, data=text.encode(), now=now)
    return report.stored, report.updated, report.unchanged, len(report.refused)


def test_req47_loading_stores_updates_and_leaves_alone(practice, manager):
    lines = "icpc1;K78;https://www.thuisarts.nl/;Boezemfibrilleren\nicpc1;K86;https://www.thuisarts.nl/;Bloeddruk\n"
    assert load(manager, lines) == (2, 0, 0, 0)
    assert load(manager, lines) == (0, 0, 2, 0)
    KnowledgeLink.objects.filter(code="K86").update(state="dead", state_by=manager.employee_id)
    assert load(manager, lines.replace("Bloeddruk", "Hoge bloeddruk") + "x;y\n") == (0, 1, 1, 1)
    row = KnowledgeLink.objects.get(code="K86")
    assert (row.title, row.state, row.state_by_id, row.practice_id) == ("Hoge bloeddruk", "ok", None, practice.pk)


def test_loading_for_all_is_the_operators(practice, manager):
    data = b"icpc1;K78;https://www.thuisarts.nl/;Boezemfibrilleren"
    with acting(manager), pytest.raises(NotAllowed):
        loading.load_links(viewer=manager, practice_id=None, data=data, now=world.MOMENT)
    operator = system_viewer(task="import-links")
    for _ in range(2):
        with acting(operator):
            loading.load_links(viewer=operator, practice_id=None, data=data, now=world.MOMENT)
    assert KnowledgeLink.objects.get().practice_id is None
    assert found(practice) == [PAGE]


def test_many_lines_are_loaded_in_a_few_statements(practice, manager, django_assert_max_num_queries):
    text = "".join(f"gpk;{number};https://www.apotheek.nl/;Medicijn {number}\n" for number in range(2500))
    with django_assert_max_num_queries(25):
        assert load(manager, text) == (2500, 0, 0, 0)


def test_row31_the_check_is_off_unless_the_operator_wants_it(monkeypatch):
    make_link()
    monkeypatch.setattr(tasks.asking, "probe", lambda **_: pytest.fail("asked a website"))
    tasks.check_links(0)
    assert KnowledgeLink.objects.get().checked_at is None


def test_the_check_marks_what_is_gone_and_leaves_what_was_marked_by_hand(practice, manager, monkeypatch):
    alive, dead = make_link(state="dead"), make_link(code="K86")
    by_hand = make_link(practice, code="L03", state="dead", state_by_id=manager.employee_id)
    asked = []

    def fake(*, address, hosts):
        asked.append((address, hosts))
        return Verdict.ALIVE if len(asked) == 1 else Verdict.DEAD

    monkeypatch.setattr(tasks.asking, "probe", fake)
    with override_settings(KNOWLEDGE_CHECK_LINKS=True):
        tasks.check_links(0)
        tasks.check_links(0)  # nothing is due any more
    assert [hosts for _, hosts in asked] == [frozenset({"www.thuisarts.nl"})] * 2
    states = [KnowledgeLink.objects.get(pk=one.pk).state for one in (alive, dead, by_hand)]
    assert states == ["ok", "dead", "dead"]


def test_a_verdict_on_an_address_that_changed_meanwhile_is_dropped():
    link, worker = make_link(), system_viewer(task="check-links")
    with acting(worker):
        checking.note_checked(viewer=worker, found={link.pk: ("https://oud.nl/", Verdict.DEAD)}, now=world.MOMENT)
        checking.note_checked(viewer=worker, found={link.pk: (link.url, Verdict.UNKNOWN)}, now=world.MOMENT)
    link.refresh_from_db()
    assert (link.state, link.checked_at) == ("ok", world.MOMENT)


def test_req47_the_desk_finds_the_loaded_pages_beside_an_episode(practice, desk_client):
    patient, _ = world.make_patient_with_open_record(practice)
    world.make_episode(patient, practice, icpc_code="K86.01", title="Hypertensie")
    make_link(code="K86", title='Bloeddruk "><script>alert(1)</script>')
    make_link(world.make_practice(), code="K86", host="ander.example", url="https://ander.example/", title="Anders")
    desk_client.sign_in(world.make_employee(practice))
    text = desk_client.get(f"/dossier/{patient.pk}/?deel=episodes").content.decode()
    assert '<a class="zb-small" href="https://www.thuisarts.nl/" rel="noreferrer noopener external"' in text
    assert "<script>alert" not in text
    assert "ander.example" not in text
    KnowledgeSource.objects.filter(kind="condition").update(is_on=False)
    assert "thuisarts.nl" not in desk_client.get(f"/dossier/{patient.pk}/?deel=episodes").content.decode()
