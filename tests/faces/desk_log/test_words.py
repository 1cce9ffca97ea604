"""The log for control is in words: every ground that the table of who may see what can log has Dutch ones."""

from dataclasses import dataclass

import pytest

from zorgbalie.access.policy import TABLE
from zorgbalie.faces.desk.log.words import basis_words

BASES = sorted({row.basis for row in TABLE.values()} | {"list of the practice's own patients"})


@dataclass
class _Line:
    basis: str


@pytest.mark.parametrize("basis", BASES)
def test_req_61_every_ground_has_words(basis):
    assert basis_words(_Line(basis)) != basis


def test_ground_without_words_is_shown_as_logged():
    assert basis_words(_Line("something of later")) == "something of later"
