"""Holds a publication against the practice's rules and the patient's wish, and says what to do instead (ux 32)."""

from datetime import datetime

from django.utils.translation import gettext as _

from zorgbalie.kernel.clock import local_date
from zorgbalie.record.rules.result_kinds import find_objection, first_day
from zorgbalie.record.types.lab import DecisionNotUsable, LabAction, LabDecision
from zorgbalie.record.types.result_kinds import HearBy, Objection, PublicationTerms
from zorgbalie.ui.formats import day_date


def check_terms(*, terms: PublicationTerms, decision: LabDecision, now: datetime) -> None:
    """That a publication keeps to the rules and the wish. Other actions always do: they show nothing.

    Raises DecisionNotUsable. Source: REQ 62 to 64; ux 32.
    """
    if decision.action is not LabAction.PUBLISH:
        return
    day = decision.publish_on or local_date(now)
    objection = find_objection(terms=terms, day=day, has_spoken=decision.has_spoken)
    if objection is not None:
        raise _refusal(objection, terms, decision)


def _refusal(objection: Objection, terms: PublicationTerms, decision: LabDecision) -> DecisionNotUsable:
    if objection is Objection.TOO_EARLY:
        first = day_date(value=first_day(terms=terms, has_spoken=decision.has_spoken))
        words = _("Volgens de regels van uw praktijk mag de patiënt dit lezen vanaf %(day)s. Kies die dag of later.")
        return DecisionNotUsable(words % {"day": first}, field="publish_on")
    if objection is Objection.PORTAL_OFF:
        words = _(
            "Uw praktijk geeft deze uitslag niet via het portaal: %(titles)s. Haal die vinkjes weg,"
            " of kies Patiënt uitnodigen of Opslaan."
        )
        return DecisionNotUsable(words % {"titles": ", ".join(terms.off_titles)})
    if objection is Objection.WISH:
        visit = terms.wish is HearBy.VISIT
        words = (
            _("De patiënt wil dit eerst op het spreekuur horen. Hebt u de patiënt gesproken? Zet dan het vinkje.")
            if visit
            else _("De patiënt wil eerst gebeld worden. Hebt u de patiënt gesproken? Zet dan het vinkje.")
        )
        return DecisionNotUsable(words, field="has_spoken")
    return DecisionNotUsable(
        _("Uw praktijk vertelt deze uitslag eerst zelf. Hebt u de patiënt gesproken? Zet dan het vinkje."),
        field="has_spoken",
    )
