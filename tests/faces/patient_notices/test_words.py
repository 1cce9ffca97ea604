"""Each kind of notice has words where the patient chooses and where the desk reads, in both languages (REQ 9; R15)."""

import pytest
from django.utils.translation import override

from zorgbalie.faces.desk.log.views import _KINDS
from zorgbalie.faces.patient.notices.forms import KIND_WORDS, KindsForm
from zorgbalie.messaging.types import CONSENT_KINDS, WITHOUT_CONSENT, Channel, NoticeKind


def test_r15_every_kind_that_asks_a_yes_can_be_chosen_and_no_other():
    assert set(KIND_WORDS) == set(CONSENT_KINDS)
    assert set(NoticeKind) - set(KIND_WORDS) == WITHOUT_CONSENT
    offered = KindsForm(ways=[Channel.EMAIL]).fields["kinds"].choices
    assert [value for value, _words in offered] == [kind.value for kind in CONSENT_KINDS]


def test_every_kind_that_did_not_arrive_has_words_at_the_desk():
    assert set(_KINDS) == set(NoticeKind)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_words_of_a_kind_are_its_own_in_dutch_and_in_english(kind):
    said = {}
    for language in ("nl", "en"):
        with override(language):
            said[language] = (str(KIND_WORDS[kind]) if kind in KIND_WORDS else "-", str(_KINDS[kind]()))
            others = [str(words()) for other, words in _KINDS.items() if other is not kind]
            assert said[language][1]
            assert said[language][1] not in others
    assert said["nl"][1] != said["en"][1]
    assert kind not in KIND_WORDS or said["nl"][0] != said["en"][0]
