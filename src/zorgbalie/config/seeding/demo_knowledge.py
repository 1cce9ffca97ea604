"""Links per code of the demo: the start pages of sites that surely exist, under the words that a patient looks for."""

from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.rows import insert

_THUISARTS, _APOTHEEK = (
    ("https://www.thuisarts.nl/", "www.thuisarts.nl"),
    ("https://www.apotheek.nl/", "www.apotheek.nl"),
)
# code system, code, title, site
_FOR_ALL = (
    ("icpc1", "K86", "Hoge bloeddruk", _THUISARTS),
    ("icpc1", "L03", "Lage rugpijn", _THUISARTS),
    ("icpc1", "R97", "Hooikoorts", _THUISARTS),
    ("atc", "C08CA01", "Amlodipine", _APOTHEEK),
)
_OWN = (("icpc1", "K78", "Boezemfibrilleren", _THUISARTS), ("nhg45", "3583", "Nierfunctie", _THUISARTS))


def add_links(link: Connection[Any], practice: int) -> None:
    """Links for all practices, and two of one practice."""
    rows = [
        {
            "practice_id": owner, "code_system": system, "code": code, "title": title, "url": url, "host": host,
            "state": "ok", "loaded_by": "Zorgbalie",
        }
        for owner, links in ((None, _FOR_ALL), (practice, _OWN))
        for system, code, title, (url, host) in links
    ]  # fmt: skip
    insert(link, "knowledge_knowledgelink", rows)
