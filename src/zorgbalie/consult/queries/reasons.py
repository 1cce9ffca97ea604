"""Reasons as a patient chooses one, and the self-care information that goes with it (REQ 30, 32; ux 1, 5)."""

from datetime import datetime

from zorgbalie.access.types import Grant, Use
from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult, ConsultReason
from zorgbalie.consult.queries.patient import open_consults, own_rows
from zorgbalie.consult.queries.places import place_of
from zorgbalie.consult.types import ConsultState, ForWhom, OfferedReason
from zorgbalie.integrations.knowledge import host_of, short_host
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PracticeId, ReasonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.knowledge.queries.links import list_links_for
from zorgbalie.knowledge.types import Code, CodeSystem, InfoLink, ItemKind
from zorgbalie.people import queries as people


def list_reasons(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[OfferedReason, ...]:
    """The reasons that the patient of a draft can choose. Raises NotVisible. Audit: `consult.draft_read`."""
    grant, _row = _open_draft(viewer, consult_id, now)
    return tuple(
        OfferedReason(reason_id=ReasonId(one.pk), name=one.name, description=one.description)
        for one in offered_rows(grant=grant, now=now)
    )


def get_self_care(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[InfoLink, ...]:
    """What may help already, by the subject of the chosen reason. Nothing of the patient is in the addresses.

    Raises NotVisible. Audit: `consult.draft_read`. Source: REQ 19, 47; security rows 31, 67.
    """
    grant, row = _open_draft(viewer, consult_id, now)
    reason = ConsultReason.objects.filter(pk=row.reason_id or 0, practice_id=grant.practice_id).first()
    return links_of(reason) if reason is not None else ()


def links_of(reason: ConsultReason) -> tuple[InfoLink, ...]:
    """The pages that the practice chose, then those of its sources of information; for this app."""
    return care_links(
        practice_id=PracticeId(reason.practice_id),
        chosen=tuple((title, address) for title, address in reason.care_links),
        term=reason.care_term,
        code=reason.care_code,
    )


def care_links(
    *, practice_id: PracticeId, chosen: tuple[tuple[str, str], ...], term: str, code: str
) -> tuple[InfoLink, ...]:
    """The same for what is not stored yet, so that a preview shows what patients get."""
    own = tuple(
        InfoLink(address=address, site=short_host(host_of(address)), title=title, about="", term="")
        for title, address in chosen
    )
    if not term and not code:
        return own
    codes = [Code(CodeSystem.ICPC1, code)] if code else []
    found = list_links_for(practice_id=practice_id, kind=ItemKind.CONDITION, title=term, codes=codes)
    known = {one.address for one in own}
    # A page by code, or a search with a word: a source without either leads nowhere in particular.
    return (*own, *(one for one in found if one.address not in known and (one.term or not term)))


def offered_rows(*, grant: Grant, now: datetime) -> list[ConsultReason]:
    """The reasons of a practice that are on and fit the age of the patient; for this app."""
    birth_date = people.find_birth_date(person_id=grant.patient_id)
    group: AgeGroup | None = age_group_on(birth_date, local_date(now)) if birth_date else None
    rows = ConsultReason.objects.filter(practice_id=grant.practice_id, is_on=True).order_by("position", "pk")
    return [one for one in rows if rules.is_for(for_whom=ForWhom(one.for_whom), age_group=group)]


def has_reasons(*, grant: Grant, now: datetime) -> bool:
    """Whether there is one to choose; for this app."""
    return bool(offered_rows(grant=grant, now=now))


def _open_draft(viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[Grant, Consult]:
    grant = open_consults(
        viewer=viewer,
        use=Use.READ,
        event="consult.draft_read",
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    rows = own_rows(grant).filter(pk=consult_id, state=ConsultState.DRAFT, asked_by_id=viewer.person_id)
    row = rows.first()
    if row is None:
        raise NotVisible("consult")
    return grant, row
