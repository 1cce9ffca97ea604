"""The people of the demo world: the stand-in DigiD page lists them, the demo data are about them.

All of them are made up; their BSNs are in the test range (999…), which is never given to anybody.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as; `story` tells what one will see."""

    bsn: str
    given_name: str
    name_prefix: str
    family_name: str
    birth_date: date
    sex: str
    story: str
    level: str = "SUBSTANTIEEL"

    @property
    def full_name(self) -> str:
        """The name as shown."""
        return " ".join(part for part in (self.given_name, self.name_prefix, self.family_name) if part)


def _bsn(stem: int) -> str:
    """A number of the test range with its check digit; stems are chosen so that one exists."""
    digits = f"999{stem:05d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
    if check > 9:
        raise ValueError(f"no BSN exists for {stem}")
    return f"{digits}{check}"


DEMO_PEOPLE = (
    DemoPerson(_bsn(101), "Jacqueline", "", "Cevat", date(1964, 7, 25), "female", _("Leest haar dossier")),
    DemoPerson(
        _bsn(103),
        "Willem",
        "van der",
        "Berg",
        date(1951, 2, 11),
        "male",
        _("Is uitgenodigd per brief, code GRAAN-STEEN"),
    ),
    DemoPerson(
        _bsn(104),
        "Fatima",
        "",
        "El Amrani",
        date(1988, 11, 3),
        "female",
        _("Heeft inzage gevraagd en wacht op de praktijk"),
    ),
    DemoPerson(_bsn(106), "Pieter", "de", "Boer", date(1979, 6, 30), "male", _("Heeft nog niets geregeld")),
    DemoPerson(_bsn(107), "Noor", "", "de Boer", date(2009, 3, 14), "female", _("Is 17 jaar en leest zelf")),
    DemoPerson(_bsn(108), "Sem", "", "de Boer", date(2018, 9, 2), "male", _("Is 8 jaar; zijn vader Pieter regelt het")),
    DemoPerson(
        _bsn(110),
        "Lotte",
        "",
        "Visser",
        date(2012, 1, 20),
        "female",
        _("Is 14 jaar; de praktijk beslist over inzage"),
    ),
    DemoPerson(_bsn(112), "Henk", "", "Jansen", date(1945, 5, 5), "male", _("Krijgt alleen een kopie op papier")),
    DemoPerson(
        _bsn(113),
        "Carla",
        "",
        "Smit",
        date(1990, 8, 8),
        "female",
        _("Logt in met een te laag niveau en wordt geweigerd"),
        "MIDDEN",
    ),
)
