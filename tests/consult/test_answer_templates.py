"""Standard answers: whose they are, who may change them, and how they are filled in (REQ 45)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import answering as rows
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import answer_templates as actions
from zorgbalie.consult.models import AnswerTemplate
from zorgbalie.consult.queries import answer_templates as queries
from zorgbalie.consult.types import TemplateChanged, TemplateNotUsable, TemplateTitleTaken
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db
ANSWER, MANAGE = StaffRight.ANSWER_CONSULTS, StaffRight.MANAGE_PRACTICE


@pytest.fixture
def practice():
    return world.make_practice()


def viewer(practice, *rights):
    return world.viewer_of_employee(world.make_employee(practice, role=StaffRole.ASSISTANT, rights=rights))


def create(who, title="Hoesten", text="{aanhef}, drink genoeg.", own=True):
    with acting(who):
        return actions.create_template(viewer=who, title=title, text=text, is_personal=own)


def change(who, number, title="Hoesten", text="Anders", version=None):
    if version is None:
        version = queries.template_version(title="Hoesten", text="{aanhef}, drink genoeg.")
    with acting(who):
        return actions.change_template(viewer=who, template_id=number, title=title, text=text, version=version)


def titles(who, search=""):
    with acting(who):
        return [one.title for one in queries.list_answer_templates(viewer=who, search=search, page=1).rows]


def test_req45_own_ones_are_ones_own_and_the_practices_are_for_all(practice):
    mine, colleague, manager = (viewer(practice, *rights) for rights in ((ANSWER,), (ANSWER,), (MANAGE,)))
    create(mine, "Van mij")
    create(manager, "Van ons", own=False)
    rows.add_template(world.make_practice(), title="Van een ander")
    assert titles(mine) == ["Van mij", "Van ons"]
    assert titles(colleague) == titles(manager) == ["Van ons"]
    assert titles(mine, "DRINK mij") == ["Van mij"]
    assert titles(mine, "x\x00") == []


def test_row6_who_may_keep_which(practice):
    with pytest.raises(NotAllowed):
        create(viewer(practice, ANSWER), own=False)
    with pytest.raises(NotAllowed):
        create(viewer(practice, MANAGE), own=True)
    without = viewer(practice, *[one for one in StaffRight if one not in (ANSWER, MANAGE)])
    with pytest.raises(NotAllowed):
        create(without)
    with pytest.raises(NotAllowed):
        titles(without)
    assert not AnswerTemplate.objects.exists()


def test_row6_a_colleagues_own_one_is_not_there_and_the_practices_is_not_changed(practice):
    mine, colleague, manager = (viewer(practice, *rights) for rights in ((ANSWER,), (ANSWER,), (MANAGE,)))
    own, shared = create(mine), create(manager, own=False)
    for act in (change, lambda who, number: actions.remove_template(viewer=who, template_id=number)):
        with pytest.raises(NotVisible), acting(colleague):
            act(colleague, own)
        with pytest.raises(NotAllowed), acting(colleague):
            act(colleague, shared)
    change(mine, own)
    with acting(manager):
        actions.remove_template(viewer=manager, template_id=shared)
    assert [one.text for one in AnswerTemplate.objects.all()] == ["Anders"]
    events = ("answer_template.create", "answer_template.change", "answer_template.remove")
    assert set(AuditEvent.objects.filter(event__in=events, outcome="0").values_list("event", flat=True)) == set(events)


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [
        ("", "x", "title"),
        ("x" * 81, "x", "title"),
        ("x", " ", "text"),
        ("x", "x" * 3001, "text"),
        ("x", "{arts}", "text"),
        ("x", "open {", "text"),
    ],
)
def test_req45_what_cannot_be_kept_is_named_at_its_field(practice, title, text, field):
    with pytest.raises(TemplateNotUsable) as refusal:
        create(viewer(practice, ANSWER), title, text)
    assert refusal.value.field == field


def test_row48_twice_is_one_and_another_text_of_that_name_is_refused(practice):
    mine = viewer(practice, ANSWER)
    assert create(mine) == create(mine)
    with pytest.raises(TemplateTitleTaken):
        create(mine, "HOESTEN", "Anders")
    number = AnswerTemplate.objects.get().pk
    change(mine, number)
    assert change(mine, number) == number
    with pytest.raises(TemplateChanged):
        change(mine, number, text="Van een ander scherm")


def test_row10_the_wall_holds_without_the_code(practice):
    mine, colleague = viewer(practice, ANSWER), viewer(practice, ANSWER)
    create(mine)
    rows.add_template(practice, title="Van ons")
    assert changed(colleague, "DELETE FROM consult_answertemplate") == 0 or refused(
        colleague, "DELETE FROM consult_answertemplate"
    )
    insert = "INSERT INTO consult_answertemplate (practice_id, employee_id, title, text) VALUES (%s, %s, 'x', 'y')"
    assert refused(colleague, insert, [practice.pk, None]), "the practice's is for who manages it"
    assert refused(colleague, insert, [practice.pk, mine.employee_id])
    assert not refused(colleague, insert, [practice.pk, colleague.employee_id])
    assert AnswerTemplate.objects.count() == 3


class TestFillingIn:
    """REQ 45: the fields of one patient."""

    TEXT = "{aanhef}|{naam}|{onderwerp}|{mijn_naam}|{mijn_functie}|{praktijk}|{telefoon}"

    def filled(self, scene, consult_id, search=""):
        who = scene.staff()
        with acting(who):
            return queries.list_filled_templates(
                viewer=who, patient_id=scene.person.pk, consult_id=consult_id, search=search, now=scene.now
            )

    def test_of_a_patient(self, now):
        scene = Scene(now, given_name="Anna", name_prefix="de", family_name="Vries", sex="female")
        scene.practice.phone = "020 555 01 23"
        scene.practice.save()
        rows.add_template(scene.practice, text=self.TEXT)
        [one], total = self.filled(scene, scene.ask())
        expected = ["Beste mevrouw De Vries", "Anna de Vries", "Sporten", "Samira Bakker", "doktersassistent"]
        assert one.text.split("|") == [*expected, scene.practice.name, "020 555 01 23"]
        assert total == 1
        assert AuditEvent.objects.filter(event="consult.fill_in", patient_id=scene.person.pk).count() == 1

    def test_a_parent_who_asked_is_addressed(self, now):
        from datetime import date

        scene = Scene(now, given_name="Sem", birth_date=date(2020, 1, 1))
        parent = world.make_person(given_name="Noor", name_prefix="", family_name="Bos")
        world.represent(parent, scene.person)
        rows.add_template(scene.practice, text="{aanhef}|{naam}")
        [one], _total = self.filled(scene, scene.ask(parent))
        assert one.text.startswith(f"Beste {scene.viewer(parent).name}|Sem")

    def test_what_a_patient_wrote_is_no_field_and_no_link(self, now):
        scene = Scene(now, given_name="{telefoon}", family_name="https://evil.example/")
        rows.add_template(scene.practice, text="{naam}")
        [one], _total = self.filled(scene, scene.ask())
        assert one.text == "{telefoon} https://evil.example/" or "{telefoon}" in one.text
        assert [part.address for part in one.parts if part.address] == []

    def test_the_list_is_bounded_and_says_how_many_there_are(self, now):
        scene = Scene(now)
        for _ in range(30):
            rows.add_template(scene.practice)
        found, total = self.filled(scene, scene.ask())
        assert (len(found), total) == (12, 30)
