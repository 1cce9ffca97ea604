"""The levels of DigiD and the names that others give them (security row 20)."""

import pytest

from zorgbalie.kernel.assurance import AssuranceLevel, UnknownAssuranceLevel

EIDAS = "http://eidas.europa.eu/LoA/"


@pytest.mark.parametrize("level", list(AssuranceLevel))
def test_saml_class_leads_there_and_back(level):
    assert AssuranceLevel.from_uri(level.saml_class) is level


def test_levels_are_in_order():
    assert sorted(AssuranceLevel) == [
        AssuranceLevel.BASIS,
        AssuranceLevel.MIDDEN,
        AssuranceLevel.SUBSTANTIEEL,
        AssuranceLevel.HOOG,
    ]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("low", AssuranceLevel.BASIS),
        ("NotNotified/low", AssuranceLevel.BASIS),
        ("substantial", AssuranceLevel.SUBSTANTIEEL),
        ("high", AssuranceLevel.HOOG),
    ],
)
def test_eidas_names_are_read_as_what_is_certain(name, level):
    """`low` may be Basis, so it is never taken for Midden."""
    assert AssuranceLevel.from_uri(EIDAS + name) is level


@pytest.mark.parametrize("level", list(AssuranceLevel))
def test_eidas_name_never_leads_to_a_higher_level(level):
    assert AssuranceLevel.from_uri(level.eidas_uri) <= level


@pytest.mark.parametrize(
    "uri", ["", "25", "SUBSTANTIEEL", EIDAS, EIDAS + "High", EIDAS + "NotNotified/high", "x" + EIDAS + "high"]
)
def test_unknown_name_is_no_level(uri):
    with pytest.raises(UnknownAssuranceLevel):
        AssuranceLevel.from_uri(uri)
