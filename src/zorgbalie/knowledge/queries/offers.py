"""Links for who writes an answer: pages by subject, search pages, and which websites are known (REQ 47).

No patient data: what comes in is a word that an employee looks for.
"""

from collections.abc import Collection

from django.db.models import Q

from zorgbalie.integrations.knowledge import SearchSite, short_host
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.knowledge.models import KnowledgeLink
from zorgbalie.knowledge.queries.links import source_rows
from zorgbalie.knowledge.rules.terms import plain_term
from zorgbalie.knowledge.types import InfoLink, ItemKind, LinkState

_MOST_WORDS = 5


def list_pages_about(*, practice_id: PracticeId, words: str, most: int) -> tuple[InfoLink, ...]:
    """Loaded pages with all of the words in their title, each page once; nothing for no words."""
    wanted = words.replace("\0", "").split()[:_MOST_WORDS]
    if not wanted:
        return ()
    rows = KnowledgeLink.objects.filter(Q(practice_id=practice_id) | Q(practice__isnull=True), state=LinkState.OK)
    for word in wanted:
        rows = rows.filter(title__icontains=word)
    found = rows.order_by("title", "url").values_list("title", "url", "host").distinct()[:most]
    return tuple(
        InfoLink(address=url, site=short_host(host), title=title, about="", term="") for title, url, host in found
    )


def list_search_pages(*, practice_id: PracticeId, words: str) -> tuple[InfoLink, ...]:
    """The search page of each website that is on, for the plain words; one per website."""
    found: dict[str, InfoLink] = {}
    for row in source_rows(practice_id=practice_id).order_by("kind", "own_place", "pk"):
        term = plain_term(title=words, kind=ItemKind(row.kind))
        if not row.own_is_on or not term:
            continue
        site = SearchSite(row.template)
        link = InfoLink(
            address=site.address_for(term=term), site=short_host(site.host), title=row.name, about=row.about, term=term
        )
        found.setdefault(link.site, link)
    return tuple(found.values())


def known_sites(*, practice_id: PracticeId, sites: Collection[str]) -> frozenset[str]:
    """Which of these websites (without `www.`) are a source that is on, or hold a loaded page; two queries at most."""
    if not sites:
        return frozenset()
    known = {short_host(SearchSite(row.template).host) for row in source_rows(practice_id=practice_id) if row.own_is_on}
    left = {site for site in sites if site not in known}
    if left:
        hosts = left | {f"www.{site}" for site in left}
        rows = KnowledgeLink.objects.filter(
            Q(practice_id=practice_id) | Q(practice__isnull=True), host__in=hosts, state=LinkState.OK
        )
        known |= {short_host(host) for host in rows.values_list("host", flat=True).distinct()}
    return frozenset(known & set(sites))
