"""How the first page leads to appointments: the next one, what was cancelled, and offers; only while on (R14)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.agenda.queries.own import get_news
from zorgbalie.agenda.types.own import OwnNews
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.appointments.words import offer_words, when_words, whom_words
from zorgbalie.faces.patient.home.todo import Entry


def news_of(request: FaceRequest) -> OwnNews | None:
    """What there is of appointments; None while they are off."""
    return get_news(viewer=request.viewer, now=request.now)


def list_appointment_todos(news: OwnNews | None) -> list[Entry]:
    """Offers to answer, and what the practice cancelled; nothing of what it is for (ux 17)."""
    if news is None:
        return []
    offers = [
        Entry(
            label=_("U kunt eerder terecht"),
            href=reverse("patient_offer", args=[offer.offer_id]),
            icon="calendar",
            description=_("%(new)s. Antwoord voor %(until)s.") % offer_words(offer),
            is_new=True,
        )
        for offer in news.offers
    ]
    cancelled = [
        Entry(
            label=_("De praktijk heeft uw afspraak afgezegd"),
            href=reverse("patient_appointment", args=[row.card.appointment_id]),
            icon="calendar",
            description=when_words(row.card.starts_at),
        )
        for row in news.cancelled
    ]
    return offers + cancelled


def next_appointment(news: OwnNews | None) -> Entry | None:
    """What comes next: when, and with whom; not what it is for."""
    if news is None or news.upcoming is None:
        return None
    card = news.upcoming.card
    return Entry(
        label=when_words(card.starts_at),
        href=reverse("patient_appointment", args=[card.appointment_id]),
        icon="calendar",
        description=_("bij %(name)s") % {"name": whom_words(card.agenda_name, news.upcoming.function)},
    )


def list_appointment_tasks(news: OwnNews | None) -> list[Entry]:
    """`Afspraken` (ux 16)."""
    if news is None:
        return []
    described = _("Maak een afspraak, verzet er een of zeg er een af")
    return [Entry(label=_("Afspraken"), href=reverse("patient_appointments"), icon="calendar", description=described)]
