"""Which pages and sites go with an item. No patient data comes in but a title, none is stored, and nothing is fetched.

The record asks for a patient's own item, and whoever writes an answer for a patient can ask for the same links
(REQ 47): one place says what is reliable information.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zorgbalie.integrations.knowledge import SearchSite, short_host
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.knowledge.models import KnowledgeChoice, KnowledgeLink, KnowledgeSource
from zorgbalie.knowledge.rules.terms import plain_term
from zorgbalie.knowledge.types import Code, InfoLink, ItemKind, LinkState

_Pair = tuple[str, str]


def list_links_for(
    *, practice_id: PracticeId, kind: ItemKind, title: str, codes: Iterable[Code] = (), unsaid: Iterable[str] = ()
) -> tuple[InfoLink, ...]:
    """The links of an item, in two queries: loaded pages first where they are of no source, then source by source.

    A source gives the page that was loaded for the code; without one, or when that is gone, its search page for the
    plain words of `title`. `unsaid`: names that may not be in those words. A practice's own page goes before one for
    all, a page of the exact code before one of the group. Source: REQ 19, 47, 81.
    """
    sources = list(source_rows(practice_id=practice_id).filter(kind=kind).order_by("own_place", "pk"))
    wanted = [pair for one in codes for pair in _with_group(one)]
    loaded = _best(_rows(practice_id, wanted), wanted)
    off = _switched_off(sources)
    term = plain_term(title=title, kind=kind, unsaid=unsaid)
    by_source = [
        _page(loaded.pop(_site(row)), row.about) if _site(row) in loaded else _search(row, term)
        for row in sources
        if row.own_is_on
    ]
    elsewhere = [_page(row, "") for site, row in loaded.items() if site not in off]
    return (*elsewhere, *by_source)


def list_pages_for(
    *, practice_id: PracticeId, kind: ItemKind, codes: Iterable[Code]
) -> dict[Code, tuple[InfoLink, ...]]:
    """The loaded pages of many codes at once, in two queries; for staff who pass a link on. No searching (REQ 47)."""
    groups = {code: _with_group(code) for code in codes}
    rows = _rows(practice_id, [pair for pairs in groups.values() for pair in pairs])
    off = _switched_off(list(source_rows(practice_id=practice_id).filter(kind=kind))) if rows else set()
    return {
        code: tuple(_page(row, "") for site, row in _best(rows, pairs).items() if site not in off)
        for code, pairs in groups.items()
    }


def source_rows(*, practice_id: PracticeId) -> "QuerySet[Any, Any]":
    """The sources of a practice and of all, with its own switch (`own_is_on`) and place (`own_place`).

    Typed loosely: the rows carry the two besides their fields.
    """
    chosen = KnowledgeChoice.objects.filter(practice_id=practice_id, source_id=OuterRef("pk"))
    return KnowledgeSource.objects.filter(Q(practice_id=practice_id) | Q(practice__isnull=True)).annotate(
        own_is_on=Coalesce(Subquery(chosen.values("is_on")), "is_on"),
        own_place=Coalesce(Subquery(chosen.values("place")), "place"),
    )


def _rows(practice_id: PracticeId, wanted: Sequence[_Pair]) -> list[KnowledgeLink]:
    """The living pages of any of the codes, of this practice and of all."""
    if not wanted:
        return []
    which = Q()
    for system, code in set(wanted):
        which |= Q(code_system=system, code=code)
    return list(
        KnowledgeLink.objects.filter(which, Q(practice_id=practice_id) | Q(practice__isnull=True), state=LinkState.OK)
    )


def _best(rows: Iterable[KnowledgeLink], wanted: Sequence[_Pair]) -> dict[str, KnowledgeLink]:
    """The best page of each site: the most exact code first, then the practice's own."""
    found: dict[str, KnowledgeLink] = {}
    fitting = [row for row in rows if (row.code_system, row.code) in wanted]
    for row in sorted(
        fitting, key=lambda one: (wanted.index((one.code_system, one.code)), not one.practice_id, one.pk)
    ):
        found.setdefault(short_host(row.host), row)
    return found


def _switched_off(sources: Sequence[Any]) -> set[str]:
    """Sites of which every source is off."""
    return {_site(row) for row in sources if not row.own_is_on} - {_site(row) for row in sources if row.own_is_on}


def _with_group(code: Code) -> list[_Pair]:
    """A code and, for ICPC, the group of a subcode: K86.01 belongs to K86."""
    if not code.code:
        return []
    pairs = [(str(code.system), code.code.upper())]
    group, dot, _ = code.code.partition(".")
    return [*pairs, (str(code.system), group.upper())] if dot and group else pairs


def _site(row: KnowledgeSource) -> str:
    return short_host(SearchSite(row.template).host)


def _page(row: KnowledgeLink, about: str) -> InfoLink:
    return InfoLink(address=row.url, site=short_host(row.host), title=row.title, about=about, term="")


def _search(row: "KnowledgeSource", term: str) -> InfoLink:
    site = SearchSite(row.template)
    return InfoLink(
        address=site.address_for(term=term), site=short_host(site.host), title=row.name, about=row.about, term=term
    )
