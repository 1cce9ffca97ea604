"""Reasons from choosing to the desk, forged answers, and whom a parent may ask for (REQ 8, 28, 30, 32; R14)."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import world
from tests.factories.reasons import make_reason, set_ask_rules
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import answers as answering
from zorgbalie.consult.actions import patient as asking
from zorgbalie.consult.actions import reasons as managing
from zorgbalie.consult.models import Consult, ConsultAnswer, ConsultReason, ConsultReasonQuestion
from zorgbalie.consult.queries import places
from zorgbalie.consult.queries.answers import answer_lines, answer_words
from zorgbalie.consult.queries.drafts import list_addressees
from zorgbalie.consult.queries.managed_reasons import get_managed
from zorgbalie.consult.queries.reasons import get_self_care, list_reasons
from zorgbalie.consult.types import About, AboutKind, AnswerRefused, ReasonRefused, TextMissing
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.knowledge.models import KnowledgeSource
from zorgbalie.people.models import Person, Representation
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db
OFF = ["journal_ep", "diagnostic_values", "medication", "allergies"]


class Asking(Scene):
    """A patient at a practice with a reason."""

    def choose(self, consult_id, reason, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            answering.choose_reason(viewer=viewer, consult_id=consult_id, reason_id=reason.pk, now=self.now)

    def give(self, consult_id, place, *values, is_unknown=False, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            answering.save_answer(
                viewer=viewer, consult_id=consult_id, place=place, values=values, is_unknown=is_unknown, now=self.now
            )

    def offered(self, consult_id, person=None):
        viewer = self.viewer(person)
        with acting(viewer):
            return [one.name for one in list_reasons(viewer=viewer, consult_id=consult_id, now=self.now)]

    def begin(self, reason, person=None):
        consult_id = self.start(person)
        viewer = self.viewer(person)
        with acting(viewer):
            asking.save_addressee(viewer=viewer, consult_id=consult_id, key="practice-0", now=self.now)
        self.choose(consult_id, reason, person)
        return consult_id

    def words(self, consult_id):
        viewer = self.viewer()
        with acting(viewer):
            asking.save_text(viewer=viewer, consult_id=consult_id, text="Wat nu?", now=self.now)


@pytest.fixture
def scene(now):
    return Asking(now)


ALL_KINDS = ("short", "long", "yes_no", "choice", "several", "number", "date")


def test_req30_a_reason_with_its_answers_goes_to_the_desk(scene):
    reason = make_reason(scene.practice, ALL_KINDS, name="Huid")
    ConsultReasonQuestion.objects.filter(kind="number").update(unit="°C")
    consult_id = scene.begin(reason)
    typed = [["Arm"], ["Rood\nen dik"], ["yes"], ["groen"], ["rood", "groen"], ["38,5"], ["24-11-2026"]]
    for place, values in enumerate(typed, start=1):
        scene.give(consult_id, place, *values)
    scene.words(consult_id)
    scene.send(consult_id)
    found = scene.open(consult_id)
    assert found.subject == "Huid"
    assert [answer_words(asked=one) for one in found.answers] == [
        "Arm", "Rood\nen dik", "Ja", "groen", "rood, groen", "38,5 °C", "24 november 2026",
    ]  # fmt: skip
    assert found.answers == scene.read(consult_id).answers
    assert answer_lines(answers=found.answers)[0] == "Vraag 1? Arm"


def test_ux4_not_known_and_skipped_are_told_apart(scene):
    optional = {"kind": "short", "is_optional": True}
    consult_id = scene.begin(make_reason(scene.practice, ("yes_no", optional)))
    scene.give(consult_id, 1, is_unknown=True)
    scene.give(consult_id, 2)
    answers = scene.draft(consult_id).answers
    assert [answer_words(asked=one) for one in answers] == ["Weet ik niet", ""]
    assert answer_lines(answers=answers) == ("Vraag 1? Weet ik niet",)
    scene.words(consult_id)
    scene.send(consult_id)


def test_ux8_it_is_not_sent_while_a_question_of_the_form_waits(scene):
    consult_id = scene.begin(make_reason(scene.practice, ("short", "yes_no")))
    scene.give(consult_id, 1, "Arm")
    scene.words(consult_id)
    with pytest.raises(TextMissing):
        scene.send(consult_id)


def test_a_practice_that_changes_its_form_changes_no_answer_nor_draft(scene):
    manager = world.make_employee(scene.practice, role="manager")
    reason = make_reason(scene.practice, ("short",), name="Huid")
    sent, later = scene.begin(reason), None
    scene.give(sent, 1, "Arm")
    scene.words(sent)
    scene.send(sent)
    later = scene.begin(reason)
    viewer = scene.staff(manager)
    with acting(viewer):
        stored = get_managed(viewer=viewer, reason_id=reason.pk)
        managing.save_reason(viewer=viewer, reason=_renamed(stored))
    assert scene.read(sent).answers[0].question.label == "Vraag 1?"
    assert scene.read(sent).subject == "Huid"
    assert scene.draft(later).answers[0].question.label == "Vraag 1?"
    scene.give(later, 1, "Been")
    scene.choose(later, reason)
    assert [(one.question.label, one.is_answered) for one in scene.draft(later).answers] == [("Anders?", False)]


def _renamed(stored):
    from dataclasses import replace

    (question,) = stored.questions
    return replace(stored, name="Huid en haar", questions=(replace(question, label="Anders?"),))


def test_choosing_the_same_reason_again_keeps_the_answers_and_another_does_not(scene):
    first, second = make_reason(scene.practice, ("short",)), make_reason(scene.practice, ("yes_no",))
    consult_id = scene.begin(first)
    scene.give(consult_id, 1, "Arm")
    scene.choose(consult_id, first)
    assert scene.draft(consult_id).answers[0].given.text == "Arm"
    scene.choose(consult_id, second)
    (only,) = scene.draft(consult_id).answers
    assert (only.question.kind, only.is_answered) == ("yes_no", False)


def test_a_thrown_away_draft_keeps_no_answer(scene):
    consult_id = scene.begin(make_reason(scene.practice))
    scene.give(consult_id, 1, "Geheim")
    viewer = scene.viewer()
    with acting(viewer):
        asking.drop_draft(viewer=viewer, consult_id=consult_id, now=scene.now)
    assert not ConsultAnswer.objects.exists()
    assert Consult.objects.get().reason_name == ""


def test_a_reason_without_questions_leaves_the_subject_to_the_patient(scene):
    consult_id = scene.begin(make_reason(scene.practice, (), name="Iets anders"))
    assert scene.draft(consult_id).subject == ""


def test_req30_a_reason_goes_to_its_function_unless_the_patient_chose(scene):
    reason = make_reason(scene.practice, to_group=scene.group)
    consult_id = scene.begin(reason)
    assert scene.draft(consult_id).addressee_name == "Assistente"
    viewer = scene.viewer()
    with acting(viewer):
        key = f"account-{scene.account.pk}"
        asking.save_addressee(viewer=viewer, consult_id=consult_id, key=key, now=scene.now)
    scene.choose(consult_id, reason)
    assert scene.draft(consult_id).addressee_name == "dr. J. de Wit"


def test_req30_a_function_that_patients_cannot_choose_gets_nothing_by_default(scene):
    hidden = world.make_group(scene.practice, is_visible_to_patients=False)
    assert scene.draft(scene.begin(make_reason(scene.practice, to_group=hidden))).addressee_name == ""


# Forged


def test_row32_a_foreign_a_switched_off_and_an_unknown_reason_are_refused(scene):
    consult_id = scene.start()
    other = make_reason(world.make_practice())
    off = make_reason(scene.practice, is_on=False)
    for_children = make_reason(scene.practice, for_whom="child")
    for wrong in (other, off, for_children, ConsultReason(pk=10**9)):
        with pytest.raises(ReasonRefused):
            scene.choose(consult_id, wrong)
    assert scene.offered(consult_id) == []


@pytest.mark.parametrize("place", [0, 2, 7, 8, 10**9])
def test_row32_an_answer_to_a_question_that_was_not_asked_is_not_there(scene, place):
    consult_id = scene.begin(make_reason(scene.practice))
    with pytest.raises(NotVisible):
        scene.give(consult_id, place, "x")


@pytest.mark.parametrize("value", ["paars", "a\x00b", "x" * 100_000, ""])
@pytest.mark.parametrize("kind", ["yes_no", "choice", "several", "number", "date"])
def test_row32_a_wrong_answer_is_refused_with_the_stored_one_left(scene, kind, value):
    consult_id = scene.begin(make_reason(scene.practice, (kind,)))
    with pytest.raises(AnswerRefused):
        scene.give(consult_id, 1, value)
    assert not ConsultAnswer.objects.get().is_answered


def test_row1_another_patient_finds_neither_draft_nor_answers(scene):
    consult_id = scene.begin(make_reason(scene.practice))
    other = world.make_person()
    world.enrol(other, scene.practice, scene.account)
    scene.person = other
    for act in (lambda: scene.give(consult_id, 1, "x"), lambda: scene.offered(consult_id)):
        with pytest.raises(NotVisible):
            act()


def test_a_sent_question_takes_no_other_answer(scene):
    reason = make_reason(scene.practice)
    consult_id = scene.begin(reason)
    scene.give(consult_id, 1, "Arm")
    scene.words(consult_id)
    scene.send(consult_id)
    for act in (lambda: scene.give(consult_id, 1, "Been"), lambda: scene.choose(consult_id, reason)):
        with pytest.raises(NotVisible):
            act()
    assert ConsultAnswer.objects.get().answer == "Arm"


def test_ux5_the_database_knows_no_eighth_question(scene):
    reason = make_reason(scene.practice, ("short",) * 7)
    question = {"practice": scene.practice, "reason": reason, "label": "x", "kind": "short"}
    for place in (0, 7, 8):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsultReasonQuestion.objects.create(place=place, **question)


# Ages


class Family(Asking):
    """A child of a certain age with a parent, and the child's consent."""

    def __init__(self, age):
        now = current_moment()
        today = local_date(now)
        super().__init__(now, birth_date=today.replace(year=today.year - age, day=min(today.day, 28)))
        self.parent = world.make_person()
        world.represent(self.parent, self.person, child_consent_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("age", "rules", "may"),
    [
        (11, {}, True), (11, {"parents_under_12": False}, False), (11, {"parents_12_to_15": False}, True),
        (12, {}, True), (12, {"parents_under_12": False}, True), (12, {"parents_12_to_15": False}, False),
        (15, {"parents_12_to_15": False}, False), (15, {}, True), (16, {}, False),
    ],
)  # fmt: skip
def test_req8_row14_what_a_parent_may_ask_for_a_child(age, rules, may):
    family = Family(age)
    if rules:
        set_ask_rules(family.practice, **rules)
    viewer = family.viewer(family.parent)
    with acting(viewer):
        assert places.get_asking(viewer=viewer, now=family.now).is_open is may
    if may:
        assert family.ask(family.parent)
    else:
        with pytest.raises(NotVisible):
            family.start(family.parent)


@pytest.mark.parametrize("age", [12, 15])
def test_row14_without_the_consent_of_the_child_no_setting_opens_it(age):
    family = Family(age)
    Representation.objects.update(child_consent_at=None)
    set_ask_rules(family.practice, parents_12_to_15=True)
    with pytest.raises(NotVisible):
        family.start(family.parent)


def test_req8_a_setting_that_changes_meanwhile_stops_the_sending_and_not_the_reading():
    family = Family(11)
    sent, draft = family.ask(family.parent), family.write(family.parent)
    set_ask_rules(family.practice, parents_under_12=False)
    with pytest.raises(NotVisible):
        family.send(draft, family.parent)
    assert AuditEvent.objects.filter(event="consult.send", outcome__gt="0").exists()
    assert family.read(sent, family.parent).messages


def test_the_child_itself_and_a_helper_are_not_parents():
    family = Family(14)
    set_ask_rules(family.practice, parents_12_to_15=False)
    assert family.ask()
    Person.objects.filter(pk=family.person.pk).update(birth_date="1940-01-01")
    Representation.objects.update(kind="helper")
    assert family.ask(family.parent)


def test_reasons_for_children_are_offered_for_a_child_alone():
    family = Family(8)
    make_reason(family.practice, name="Kind", for_whom="child")
    make_reason(family.practice, name="Volwassen", for_whom="adult")
    make_reason(family.practice, name="Allebei")
    assert family.offered(family.start(family.parent), family.parent) == ["Kind", "Allebei"]


# Whom one can ask


@pytest.mark.parametrize(
    ("rules", "hides_own", "names"),
    [
        ({}, False, ["", "dr. J. de Wit", "Assistente"]), ({"doctors": "none"}, False, ["", "Assistente"]),
        ({"doctors": "all"}, False, ["", "dr. J. de Wit", "dr. S. Ander", "Assistente"]),
        ({"doctors": "all"}, True, ["", "dr. S. Ander", "Assistente"]), ({"doctors": "own"}, True, ["", "Assistente"]),
    ],
)  # fmt: skip
def test_req30_req68_the_practice_decides_whom_one_can_name(scene, rules, hides_own, names):
    other = world.make_account(scene.practice, name="dr. S. Ander")
    hidden = [scene.account.pk] if hides_own else []
    if rules:
        set_ask_rules(scene.practice, hidden_accounts=hidden, **rules)
    consult_id = scene.start()
    viewer = scene.viewer()
    with acting(viewer):
        assert [one.name for one in list_addressees(viewer=viewer, consult_id=consult_id, now=scene.now)] == names
    for account in (scene.account, other):
        key = f"account-{account.pk}"
        if account.name in names:
            scene.write(key=key)
        else:
            with pytest.raises(Exception, match="Kies aan wie"):
                scene.write(key=key)


# The pharmacy


class Both(Asking):
    """A patient of a GP practice and of a pharmacy."""

    def __init__(self, now):
        super().__init__(now)
        self.pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
        self.pharmacy_account = world.make_account(self.pharmacy, name="M. Koster")
        world.enrol(self.person, self.pharmacy, self.pharmacy_account)
        self.pharmacist = world.make_employee(self.pharmacy, role="pharmacist", name="M. Koster")

    def ask_at(self, practice, text):
        viewer = self.viewer()
        with acting(viewer):
            made = asking.start_draft(viewer=viewer, about=None, now=self.now, practice_id=practice.pk)
            asking.save_addressee(viewer=viewer, consult_id=made, key="practice-0", now=self.now)
            asking.save_subject(viewer=viewer, consult_id=made, subject="Pillen", keeps_about=True, now=self.now)
            asking.save_text(viewer=viewer, consult_id=made, text=text, now=self.now)
        self.send(made)
        return made


@pytest.fixture
def both(now):
    return Both(now)


def test_req28_req79_each_side_reads_and_answers_its_own_questions_alone(both):
    at_gp, at_pharmacy = both.ask_at(both.practice, "Bij de dokter"), both.ask_at(both.pharmacy, "Bij de apotheek")
    with pytest.raises(NotVisible):
        both.open(at_gp, both.pharmacist)
    with pytest.raises(NotVisible):
        both.open(at_pharmacy)
    with pytest.raises(NotVisible):
        both.answer(at_gp, employee=both.pharmacist)
    assert both.answer(at_pharmacy, "Neem hem bij het eten.", employee=both.pharmacist)
    assert both.answer(at_gp)
    assert {one.consult_id for one in both.listed()} == {at_gp, at_pharmacy}
    assert both.read(at_pharmacy).messages[-1].text == "Neem hem bij het eten."
    assert both.read(at_pharmacy).addressee_name == "Apotheek De Vijzel"


def test_r14_a_pharmacy_that_is_off_is_not_served_and_the_gp_practice_is(both):
    at_pharmacy = both.ask_at(both.pharmacy, "Bij de apotheek")
    Account.objects.filter(pk=both.pharmacy_account.pk).update(facilities=["medication"])
    with pytest.raises(NotVisible):
        both.read(at_pharmacy)
    with pytest.raises(NotVisible):
        both.ask_at(both.pharmacy, "Nog een")
    assert both.listed() == ()
    assert both.ask_at(both.practice, "Bij de dokter")


def test_r14_a_gp_practice_that_is_off_leaves_the_pharmacy(both):
    Account.objects.filter(pk=both.account.pk).update(facilities=OFF)
    viewer = both.viewer()
    with acting(viewer):
        assert [one.is_pharmacy for one in places.get_asking(viewer=viewer, now=both.now).places] == [True]
    assert Consult.objects.get(pk=both.ask()).practice_id == both.pharmacy.pk


def test_r14_what_only_the_gp_practice_keeps_is_never_asked_of_the_pharmacy(both):
    """Not even while the GP practice takes no questions: the pharmacy would read the name of an episode."""
    about = About(kind=AboutKind.EPISODE, about_id=1, title="Depressie")
    assert Consult.objects.get(pk=both.start(about=about)).practice_id == both.practice.pk
    Account.objects.filter(pk=both.account.pk).update(facilities=OFF)
    viewer = both.viewer()
    for place in (None, both.pharmacy.pk):
        with pytest.raises(NotVisible), acting(viewer):
            asking.start_draft(viewer=viewer, about=about, now=both.now, practice_id=place)
    assert not Consult.objects.filter(practice=both.pharmacy).exists()
    medicine = About(kind=AboutKind.MEDICINE, about_id=1, title="Metoprolol")
    assert Consult.objects.get(pk=both.start(about=medicine)).practice_id == both.pharmacy.pk


def test_req28_nobody_asks_where_he_is_not_enrolled(both):
    with pytest.raises(NotVisible):
        both.ask_at(world.make_practice(), "Elders")


def test_a_draft_moves_its_words_to_the_other_place(both):
    from zorgbalie.consult.actions.places import ask_at

    draft = both.write(text="Mag dit samen?", subject="Pillen")
    viewer = both.viewer()
    with acting(viewer):
        made = ask_at(viewer=viewer, consult_id=draft, practice_id=both.pharmacy.pk, now=both.now)
        assert ask_at(viewer=viewer, consult_id=made, practice_id=both.pharmacy.pk, now=both.now) == made
    found = both.draft(made)
    assert (found.text, found.subject, found.addressee_key, found.is_pharmacy) == ("Mag dit samen?", "Pillen", "", True)
    assert both.draft(draft).text == ""


# Self-care


def test_req19_what_may_help_goes_by_the_reason_and_holds_no_word_of_the_patient(scene):
    KnowledgeSource.objects.update(is_on=True)
    links = [["Eigen folder", "https://folder.example/huid"]]
    reason = make_reason(scene.practice, (), care_term="eczeem", care_links=links)
    consult_id = scene.begin(reason)
    scene.words(consult_id)
    viewer = scene.viewer()
    with acting(viewer):
        found = get_self_care(viewer=viewer, consult_id=consult_id, now=scene.now)
    assert found[0].address == "https://folder.example/huid"
    assert any("thuisarts" in one.site and one.term == "eczeem" for one in found)
    assert "Wat nu" not in str(found)


def test_without_a_subject_there_is_no_self_care(scene):
    consult_id = scene.begin(make_reason(scene.practice))
    viewer = scene.viewer()
    with acting(viewer):
        assert get_self_care(viewer=viewer, consult_id=consult_id, now=scene.now) == ()
