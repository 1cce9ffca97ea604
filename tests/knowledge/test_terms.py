"""Which word leaves the portal when a patient clicks (REQ 19; security row 26)."""

import pytest

from zorgbalie.knowledge.rules.terms import plain_term
from zorgbalie.knowledge.types import ItemKind

CONDITION, MEDICINE, RESULT = ItemKind


@pytest.mark.parametrize(
    ("kind", "title", "term"),
    [
        (CONDITION, "Hypertensie zonder orgaanbeschadiging", "Hypertensie zonder orgaanbeschadiging"),
        (CONDITION, "Down/depressief gevoel", "Down depressief gevoel"),
        (CONDITION, "Diabetes mellitus type 2", "Diabetes mellitus type 2"),
        (CONDITION, "Ziekte van Crohn", "Ziekte van Crohn"),
        (CONDITION, "COVID-19", "COVID-19"),
        (CONDITION, "Rugpijn sinds 12-03-2024", "Rugpijn sinds"),
        (CONDITION, "Rugpijn 3 maart 2024", "Rugpijn"),
        (CONDITION, "Rugpijn (bij mw. Jansen, tel 0612345678)", "Rugpijn"),
        (CONDITION, "Val van mw. A. de Vries-Bos thuis", "Val van thuis"),
        (CONDITION, "Verwijzing dr. J. van den Berg cardioloog", "Verwijzing cardioloog"),
        (CONDITION, "Eczeem 999990019", "Eczeem"),
        (CONDITION, "Eczeem anna@post.example https://evil.example/x", "Eczeem"),
        (CONDITION, "Hoofdpijn Canarie", "Hoofdpijn"),
        (CONDITION, "Hoofdpijn bij Anna", "Hoofdpijn bij"),
        (CONDITION, "a\x00b\u202ec", "a b c"),
        (CONDITION, "12-03-2024 / 55", ""),
        (CONDITION, "", ""),
        (MEDICINE, "APIXABAN TABLET 5MG", "apixaban"),
        (MEDICINE, "METOPROLOL TABLET MVA 50MG", "metoprolol"),
        (MEDICINE, "FLUTICASON NEUSSPRAY 50UG/DO", "fluticason"),
        (MEDICINE, "AMOXICILLINE/CLAVULAANZUUR TABLET 500/125MG", "amoxicilline clavulaanzuur"),
        (MEDICINE, "Paracetamol 500 mg", "paracetamol"),
        (RESULT, "Nierfunctie (eGFR)", "Nierfunctie"),
        (RESULT, "HbA1c", "HbA1c"),
        (RESULT, "Vitamine B12", "Vitamine B12"),
    ],
)
def test_req19_the_word_is_the_name_of_the_item_alone(kind, title, term):
    assert plain_term(title=title, kind=kind, unsaid=["Anna Canarie"]) == term


def test_a_word_has_an_end():
    assert len(plain_term(title="lang " * 5000, kind=CONDITION)) < 81
    assert len(plain_term(title="x" * 5000, kind=CONDITION)) == 80
