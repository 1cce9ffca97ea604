"""Standard links: the practice's own list, what is offered to who answers, and what is a link in an answer (REQ 47).

A link is made when an answer is read, not when it is written: a website that the practice takes off its list is text
from then on, also in old answers (security row 26).
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.consult.models import StandardLink as LinkRow
from zorgbalie.consult.rules import addresses_in
from zorgbalie.consult.types import OfferedLink, StandardLink, StandardLinkId
from zorgbalie.integrations.knowledge import short_host
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.knowledge.queries.offers import known_sites, list_pages_about, list_search_pages

_MOST_OFFERED = 10
_MOST_WORDS = 5


def allowed_in(*, practice_id: PracticeId, texts: Iterable[str]) -> frozenset[str]:
    """The addresses in texts that become links: https, on a website that is known here. For this app.

    No address, no query; else three at most.
    """
    found = addresses_in(texts=texts)
    if not found:
        return frozenset()
    sites = frozenset(found.values())
    own = set(LinkRow.objects.filter(practice_id=practice_id, host__in=sites).values_list("host", flat=True))
    known = own | known_sites(practice_id=practice_id, sites=sites - own)
    return frozenset(address for address, site in found.items() if site in known)


def list_standard_links(*, viewer: Viewer, search: str, page: int) -> Listing[StandardLink]:
    """A page of the practice's own list, by title. Raises NotAllowed. Audit: only for a refusal."""
    rows = _matching(managed_rows(viewer=viewer, event="consult.links_read"), search)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = rows.order_by("title", "pk")[bounds]
    return Listing(rows=tuple(_link(row) for row in shown), total=total, number=number)


def get_standard_link(*, viewer: Viewer, link_id: StandardLinkId) -> StandardLink:
    """One of the list. Raises NotAllowed, NotVisible."""
    return _link(find_link_row(viewer=viewer, link_id=link_id, event="consult.links_read"))


def list_offered_links(*, viewer: Viewer, words: str) -> tuple[OfferedLink, ...]:
    """What to put in an answer about `words`: the own list first, loaded pages, then the search pages; four queries.

    Raises NotAllowed. Looks at no patient data.
    """
    gate.check_right(viewer=viewer, right=StaffRight.ANSWER_CONSULTS, event="consult.links_offered")
    if viewer.practice_id is None:
        raise NotVisible("links")
    practice_id = viewer.practice_id
    own = _matching(LinkRow.objects.filter(practice_id=practice_id), words)
    found = [
        OfferedLink(title=row.title, address=row.url, site=row.host, is_own=True)
        for row in own.order_by("title", "pk")[:_MOST_OFFERED]
    ]
    pages = list_pages_about(practice_id=practice_id, words=words, most=_MOST_OFFERED)
    searches = list_search_pages(practice_id=practice_id, words=words)
    found += [
        OfferedLink(title=one.title, address=one.address, site=one.site, term=one.term) for one in (*pages, *searches)
    ]
    return tuple({one.address: one for one in reversed(found)}.values())[::-1]


def managed_rows(*, viewer: Viewer, event: str) -> "QuerySet[LinkRow]":
    """The own list for who manages it, for this app's actions. Raises NotAllowed, NotVisible."""
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event=event)
    if viewer.practice_id is None:
        raise NotVisible("links")
    return LinkRow.objects.filter(practice_id=viewer.practice_id)


def find_link_row(*, viewer: Viewer, link_id: StandardLinkId, event: str) -> LinkRow:
    """The row, for this app's actions. Raises NotAllowed, NotVisible."""
    row = managed_rows(viewer=viewer, event=event).filter(pk=link_id).first()
    if row is None:
        raise NotVisible("link")
    return row


def _matching(rows: "QuerySet[LinkRow]", search: str) -> "QuerySet[LinkRow]":
    for word in search.replace("\0", "").split()[:_MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(url__icontains=word))
    return rows


def _link(row: LinkRow) -> StandardLink:
    return StandardLink(link_id=StandardLinkId(row.pk), title=row.title, address=row.url, site=short_host(row.host))
