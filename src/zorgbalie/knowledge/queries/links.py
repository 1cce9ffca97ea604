"""Which pages and sites go with an item. No patient data comes in but a title, none is stored, and nothing is fetched.

The record asks for a patient's own item, and whoever writes an answer for a patient can ask for the same links
(REQ 47): one place says what is reliable information.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zorgbalie.integrations.knowledge import SearchSite, short_host
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.knowledge.models import KnowledgeChoice, KnowledgeLink, KnowledgeSource
from zorgbalie.knowledge.rules.terms import plain_term
from zorgbalie.knowledge.types import Code, InfoLink, ItemKind, LinkState


def list_links_for(
    *, practice_id: PracticeId, kind: ItemKind, title: str, codes: Iterable[Code] = (), unsaid: Iterable[str] = ()
) -> tuple[InfoLink, ...]:
    """The links of an item, in two queries: loaded pages first where they are of no source, then source by source.

    A source gives the page that was loaded for the code; without one, or when that is gone, its search page for the
    plain words of `title`. `unsaid`: names that may not be in those words. A practice's own page goes before one for
    all, a page of the exact code before one of the group. Source: REQ 19, 47, 81.
    """
    sources = list(source_rows(practice_id=practice_id).filter(kind=kind).order_by("own_place", "pk"))
    loaded = _loaded(practice_id, tuple(codes))
    off = {_site(row) for row in sources if not row.own_is_on} - {_site(row) for row in sources if row.own_is_on}
    term = plain_term(title=title, kind=kind, unsaid=unsaid)
    by_source = [
        _page(loaded.pop(_site(row)), row.about) if _site(row) in loaded else _search(row, term)
        for row in sources
        if row.own_is_on
    ]
    elsewhere = [_page(row, "") for site, row in loaded.items() if site not in off]
    return (*elsewhere, *by_source)


def source_rows(*, practice_id: PracticeId) -> "QuerySet[Any, Any]":
    """The sources of a practice and of all, with its own switch (`own_is_on`) and place (`own_place`).

    Typed loosely: the rows carry the two besides their fields.
    """
    chosen = KnowledgeChoice.objects.filter(practice_id=practice_id, source_id=OuterRef("pk"))
    return KnowledgeSource.objects.filter(Q(practice_id=practice_id) | Q(practice__isnull=True)).annotate(
        own_is_on=Coalesce(Subquery(chosen.values("is_on")), "is_on"),
        own_place=Coalesce(Subquery(chosen.values("place")), "place"),
    )


def _loaded(practice_id: PracticeId, codes: tuple[Code, ...]) -> dict[str, KnowledgeLink]:
    """The best living page of each site, the most exact code first."""
    wanted: list[tuple[str, str]] = [pair for one in codes if one.code for pair in _with_group(one)]
    if not wanted:
        return {}
    which = Q()
    for system, code in wanted:
        which |= Q(code_system=system, code=code)
    rows = KnowledgeLink.objects.filter(
        which, Q(practice_id=practice_id) | Q(practice__isnull=True), state=LinkState.OK
    )
    found: dict[str, KnowledgeLink] = {}
    for row in sorted(rows, key=lambda row: (wanted.index((row.code_system, row.code)), not row.practice_id, row.pk)):
        found.setdefault(short_host(row.host), row)
    return found


def _with_group(code: Code) -> list[tuple[str, str]]:
    """A code and, for ICPC, the group of a subcode: K86.01 belongs to K86."""
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
