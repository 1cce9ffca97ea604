"""The rules of the practice and the wish of the patient, as the doctor sees them with a report (REQ 64; ux 32)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import LabReportId, LabResultId, PersonId
from zorgbalie.record.queries.lab_terms import get_terms
from zorgbalie.record.types.lab import DeskLabReport, ReportState
from zorgbalie.record.types.result_kinds import AppliedRule, HearBy, PublicationTerms

_REMEMBERED = "_lab_terms"


@dataclass(frozen=True, kw_only=True, slots=True)
class TermsShown:
    """What stands above the buttons: the wish in words, and a sentence per rule with the results that it is about."""

    wish: str
    is_against_online: bool
    wish_changed_at: datetime | None
    rules: tuple[tuple[str, str, str], ...]
    needs_talk: bool
    is_off: bool
    earliest: date | None


def terms_of(
    request: FaceRequest, patient_id: PersonId, report_id: LabReportId, ticked: Iterable[LabResultId]
) -> PublicationTerms:
    """The terms for these ticks, asked for once per request."""
    key = frozenset(ticked)
    known: dict[frozenset[LabResultId], PublicationTerms] = getattr(request, _REMEMBERED, {})
    if key not in known:
        known[key] = get_terms(
            viewer=request.viewer, patient_id=patient_id, report_id=report_id, ticked=key, now=request.now
        )
        setattr(request, _REMEMBERED, known)
    return known[key]


def ticked_in(report: DeskLabReport) -> list[LabResultId]:
    """The results that are ticked on the screen."""
    return [one.result_id for one in report.results if one.shared]


def opened_with(report: DeskLabReport, terms: PublicationTerms, today: date) -> dict[str, object]:
    """What the form shows at first besides what is stored: the first day that the rules leave, and what they mark."""
    values: dict[str, object] = {"has_spoken": terms.has_spoken}
    if report.publish_on is None and terms.earliest > today:
        values["publish_on"] = terms.earliest
    if report.state is ReportState.NEW and terms.is_upsetting:
        values["is_upsetting"] = True
    return values


def preview_with(report: DeskLabReport, terms: PublicationTerms) -> DeskLabReport:
    """The patient's side as that form would publish it."""
    if report.state is not ReportState.NEW or not terms.is_upsetting:
        return report
    return replace(report, preview=replace(report.preview, is_upsetting=True))


def shown(terms: PublicationTerms, now: datetime) -> TermsShown:
    """The terms in words."""
    today = local_date(now)
    return TermsShown(
        wish=_wish(terms.wish),
        is_against_online=terms.is_wished_otherwise,
        wish_changed_at=terms.wish_changed_at,
        rules=tuple(_rule(one, words) for one in terms.applied for words in [_words(one)] if words),
        needs_talk=terms.needs_talk and not terms.off,
        is_off=bool(terms.off),
        earliest=terms.earliest if terms.earliest > today else None,
    )


def _wish(wish: HearBy | None) -> str:
    return {
        None: _("De patiënt heeft geen wens opgegeven."),
        HearBy.ONLINE: _("De patiënt wil deze uitslag meteen online lezen."),
        HearBy.CALL: _("De patiënt wil eerst gebeld worden"),
        HearBy.VISIT: _("De patiënt wil deze uitslag eerst op het spreekuur horen"),
    }[wish]


def _rule(one: AppliedRule, words: str) -> tuple[str, str, str]:
    name = _("Andere uitslagen") if one.rule.is_rest else one.rule.name
    return name, ", ".join(one.titles), words


def _words(one: AppliedRule) -> str:
    """What the rule asks; empty where it asks nothing."""
    rule = one.rule
    if not rule.uses_portal:
        return _("Niet via het portaal. Kies Patiënt uitnodigen of Opslaan, of haal het vinkje weg.")
    parts = []
    if rule.first is HearBy.CALL:
        parts.append(_("De praktijk belt eerst."))
    if rule.first is HearBy.VISIT:
        parts.append(_("De praktijk vertelt dit eerst op het spreekuur."))
    if rule.wait_days == 1:
        parts.append(_("De patiënt leest dit een dag na binnenkomst."))
    elif rule.wait_days:
        parts.append(_("De patiënt leest dit %(days)s dagen na binnenkomst.") % {"days": rule.wait_days})
    if rule.is_upsetting:
        parts.append(_("De patiënt kan hiervan schrikken."))
    return " ".join(parts)
