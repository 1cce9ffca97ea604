"""Made-up people for worlds: common Dutch names, BSNs of the test range."""

from datetime import date, timedelta
from random import Random

from zorgbalie.faces.entry.demo_people import DemoPerson

GIVEN_FEMALE = (
    "Emma",
    "Julia",
    "Sanne",
    "Fenna",
    "Maria",
    "Johanna",
    "Ingrid",
    "Aisha",
    "Yasmin",
    "Petra",
    "Lieke",
    "Hanneke",
)
GIVEN_MALE = (
    "Daan",
    "Lucas",
    "Mohammed",
    "Jan",
    "Cornelis",
    "Bram",
    "Youssef",
    "Thijs",
    "Gerard",
    "Ruben",
    "Kees",
    "Sjoerd",
)
FAMILY = (
    ("de", "Jong"), ("", "Jansen"), ("de", "Vries"), ("van den", "Berg"), ("", "Bakker"), ("van", "Dijk"),
    ("", "Visser"), ("", "Smit"), ("", "Meijer"), ("de", "Boer"), ("", "Mulder"), ("de", "Groot"), ("", "Bos"),
    ("", "Vos"), ("", "Peters"), ("", "Hendriks"), ("van", "Leeuwen"), ("", "Dekker"), ("", "Brouwer"), ("de", "Wit"),
    ("", "Dijkstra"), ("", "Smits"), ("de", "Graaf"), ("van der", "Meer"), ("", "Yilmaz"), ("", "Kaya"),
    ("", "El Idrissi"), ("", "Nguyen"), ("", "Pinas"),
)  # fmt: skip


def range_bsn(number: int) -> str | None:
    """The BSN with this number in the test range (999…), None where the check digit does not exist."""
    digits = f"999{number:05d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
    return None if check > 9 else f"{digits}{check}"


def filler_people(count: int, *, first_number: int = 1000) -> list[DemoPerson]:
    """People who fill the lists of the demo; the same ones each time."""
    random = Random(20261124)  # noqa: S311  (names, not secrets)
    people: list[DemoPerson] = []
    number = first_number
    while len(people) < count:
        number += 1
        bsn = range_bsn(number)
        if bsn is None:
            continue
        female = random.random() < 0.5
        prefix, family = random.choice(FAMILY)
        birth_date = date(1935, 1, 1) + timedelta(days=random.randrange(70 * 365))
        given = random.choice(GIVEN_FEMALE if female else GIVEN_MALE)
        people.append(DemoPerson(bsn, given, prefix, family, birth_date, "female" if female else "male", ""))
    return people
