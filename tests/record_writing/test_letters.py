"""Template letters and own words: whose they are, who may change them, and what the wall says (REQ 45, 64)."""

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.factories import world, writing
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.actions import language, letters
from zorgbalie.record.models import PlainWord, ReplyTemplate
from zorgbalie.record.queries import letters as queries
from zorgbalie.record.queries.language import list_own_words, measure_language
from zorgbalie.record.types.writing import LetterChanged, LetterNotUsable, LetterTexts, LetterTitleTaken, WordNotUsable

pytestmark = pytest.mark.django_db
TEXTS = LetterTexts(title="Alles goed", conclusion="Beste {naam}, alles is goed.", advice="Bel {telefoon}.")


@pytest.fixture
def practice():
    return world.make_practice()


def viewer(practice, *rights, role=StaffRole.GP):
    return world.viewer_of_employee(world.make_employee(practice, role=role, rights=rights))


def titles(who):
    with acting(who):
        return [one.title for one in queries.list_letters(viewer=who, search="", page=1).rows]


def test_req64_an_own_letter_is_of_one_employee_and_the_practices_of_all(practice):
    doctor, colleague = (viewer(practice, StaffRight.PUBLISH_RESULTS) for _ in range(2))
    manager = viewer(practice, StaffRight.MANAGE_PRACTICE, role=StaffRole.MANAGER)
    with acting(doctor):
        letters.create_letter(viewer=doctor, texts=TEXTS, is_personal=True)
    with acting(manager):
        letters.create_letter(viewer=manager, texts=LetterTexts(title="Praktijk", conclusion="X"), is_personal=False)
    assert (titles(doctor), titles(colleague), titles(manager)) == (
        ["Alles goed", "Praktijk"],
        ["Praktijk"],
        ["Praktijk"],
    )
    assert set(AuditEvent.objects.values_list("event", "practice_id")) == {("letter.create", practice.pk)}


@pytest.mark.parametrize(
    ("rights", "personal", "allowed"),
    [
        ((StaffRight.PUBLISH_RESULTS,), True, True),
        ((StaffRight.PUBLISH_RESULTS,), False, False),
        ((StaffRight.MANAGE_PRACTICE,), False, True),
        ((StaffRight.MANAGE_PRACTICE,), True, False),
        ((StaffRight.READ_RECORD,), True, False),
        ((), False, False),
    ],
)
def test_row6_each_right_writes_its_own_letters_only(practice, rights, personal, allowed):
    who = viewer(practice, *rights)
    if allowed:
        with acting(who):
            letters.create_letter(viewer=who, texts=TEXTS, is_personal=personal)
    else:
        with pytest.raises(NotAllowed), acting(who):
            letters.create_letter(viewer=who, texts=TEXTS, is_personal=personal)
    assert ReplyTemplate.objects.count() == int(allowed)


def test_row5_a_colleagues_own_letter_and_one_of_another_practice_do_not_exist(practice):
    own = writing.add_letter(practice, world.make_employee(practice))
    foreign = writing.add_letter(world.make_practice())
    who = viewer(practice, *StaffRight)
    for letter in (own, foreign):
        for call in (queries.get_letter, letters.remove_letter):
            with pytest.raises(NotVisible), acting(who):
                call(viewer=who, letter_id=letter.pk)
    assert ReplyTemplate.objects.count() == 2


def test_row10_the_wall_alone_keeps_a_colleagues_letter_and_the_practices_from_who_does_not_manage(practice):
    own, ours = writing.add_letter(practice, world.make_employee(practice)), writing.add_letter(practice)
    writing.add_word(practice)
    doctor = viewer(practice, StaffRight.PUBLISH_RESULTS)
    manager = viewer(practice, StaffRight.MANAGE_PRACTICE)
    change = "UPDATE record_replytemplate SET title = 'x' WHERE id = %s"
    assert [changed(doctor, change, [one.pk]) for one in (own, ours)] == [0, 0]
    assert [changed(manager, change, [one.pk]) for one in (own, ours)] == [0, 1]
    assert changed(doctor, "DELETE FROM record_plainword") == 0
    insert = "INSERT INTO record_replytemplate (practice_id, employee_id, title, conclusion, advice)"
    assert refused(doctor, insert + " VALUES (%s, NULL, 'a', 'b', '')", [practice.pk])
    assert refused(doctor, insert + " VALUES (%s, %s, 'a', 'b', '')", [practice.pk, own.employee_id])
    assert refused(world.viewer_of_patient(world.make_person()), "SELECT 1 FROM record_replytemplate")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"conclusion": " "}, "conclusion"),
        ({"conclusion": "Beste {achternaam}"}, "conclusion"),
        ({"conclusion": "Beste {naam"}, "conclusion"),
        ({"advice": "Kom over {} weken"}, "advice"),
        ({"advice": "x" * 3001}, "advice"),
    ],
)
def test_req64_a_letter_that_cannot_be_used_is_refused_at_its_field(practice, values, field):
    who = viewer(practice, *StaffRight)
    texts = LetterTexts(**{"title": "A", "conclusion": "B", "advice": "", **values})
    with pytest.raises(LetterNotUsable) as refusal, acting(who):
        letters.create_letter(viewer=who, texts=texts, is_personal=True)
    assert refusal.value.field == field


def test_row48_the_same_letter_twice_is_one_and_another_text_under_its_name_is_refused(practice):
    who = viewer(practice, *StaffRight)
    with acting(who):
        made = {letters.create_letter(viewer=who, texts=TEXTS, is_personal=True) for _ in range(3)}
    assert len(made) == 1
    other = LetterTexts(title="ALLES GOED", conclusion="Anders")
    with pytest.raises(LetterTitleTaken), acting(who):
        letters.create_letter(viewer=who, texts=other, is_personal=True)


def test_the_second_of_two_who_change_one_letter_is_told(practice):
    who = viewer(practice, *StaffRight)
    row = writing.add_letter(practice)
    with acting(who):
        shown = queries.get_letter(viewer=who, letter_id=row.pk).version
    with acting(who):
        letters.change_letter(viewer=who, letter_id=row.pk, texts=TEXTS, version=shown)
    with pytest.raises(LetterChanged), acting(who):
        letters.change_letter(viewer=who, letter_id=row.pk, texts=LetterTexts(title="B", conclusion="C"), version=shown)
    with acting(who):  # a second press of the same button
        letters.change_letter(viewer=who, letter_id=row.pk, texts=TEXTS, version=shown)
    row.refresh_from_db()
    assert row.conclusion == TEXTS.conclusion


def test_req45_own_words_of_one_practice_go_first_there_and_nowhere_else(practice):
    manager = viewer(practice, StaffRight.MANAGE_PRACTICE)
    with acting(manager):
        made = {language.add_word(viewer=manager, word="Hypertensie", plain="te hoge druk") for _ in range(2)}
        offers = [one.offer for one in measure_language(viewer=manager, texts=["Hypertensie"]).findings]
    assert (len(made), offers) == (1, ["te hoge druk"])
    stranger = viewer(world.make_practice())
    with acting(stranger):
        offers = [one.offer for one in measure_language(viewer=stranger, texts=["Hypertensie"]).findings]
    assert offers == ["hoge bloeddruk"]


def test_row6_only_who_manages_the_practice_changes_its_words(practice):
    word = writing.add_word(practice)
    who = viewer(practice, StaffRight.PUBLISH_RESULTS)
    for call in (
        lambda: language.add_word(viewer=who, word="a", plain="b"),
        lambda: language.remove_word(viewer=who, word_id=word.pk),
        lambda: list_own_words(viewer=who, search="", page=1),
    ):
        with pytest.raises(NotAllowed), acting(who):
            call()
    stranger = viewer(world.make_practice(), StaffRight.MANAGE_PRACTICE)
    with pytest.raises(NotVisible), acting(stranger):
        language.remove_word(viewer=stranger, word_id=word.pk)
    assert PlainWord.objects.count() == 1


def test_a_word_twice_in_another_spelling_is_refused(practice):
    manager = viewer(practice, StaffRight.MANAGE_PRACTICE)
    writing.add_word(practice, "nierfalen")
    with pytest.raises(WordNotUsable), acting(manager):
        language.add_word(viewer=manager, word="Nierfalen", plain="anders")


def test_a_patient_measures_nothing():
    person = world.viewer_of_patient(world.make_person())
    with pytest.raises(NotVisible), acting(person):
        measure_language(viewer=person, texts=["x"])
