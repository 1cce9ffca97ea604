"""Taking time and giving it back: the one place where claims are made, moved and cleared. For this app's actions.

Who takes time first waits for the lock of that agenda's day, so that of two hundred at once each gets an answer in
turn; the constraint in the database is what makes a second claim impossible, whoever forgets the lock.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Func, TextField, Value
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import Int8Range

from zorgbalie.agenda.models import Agenda, Claim
from zorgbalie.agenda.types import Place, PlaceTaken
from zorgbalie.agenda.types.places import minute_of, numbers_of
from zorgbalie.kernel.ids import PracticeId

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTES_A_DAY = 24 * 60
_DAYS = 1 << 20
TAKEN = _("Deze tijd is net door iemand anders gekozen. Kies een andere tijd.")
_CONSTRAINT = "one_claim_on_each_minute"


def lock_days(*places: Place) -> None:
    """Wait for the turn in the agenda's day of each place, always in the same order: nobody waits for one another."""
    keys = {key for one in places for key in _days_of(one)}
    for key in sorted(keys):
        lock = Func(Value(key), function="pg_advisory_xact_lock", output_field=TextField())
        list(Agenda.objects.order_by().annotate(lock=lock).values_list("lock")[:1])


def hold_still(*, claim_ids: Iterable[int | None]) -> None:
    """Lock held stretches, before the rows that hold them are locked.

    Who clears a lapsed stretch away locks it first and then, as the database empties its column, the row that held it.
    Whoever takes these two the other way round and that one would wait for one another (security row 59).
    """
    numbers = [one for one in claim_ids if one is not None]
    if numbers:
        list(Claim.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))


def take(*, practice_id: PracticeId, place: Place, expires_at: datetime | None, now: datetime) -> Claim:
    """Claim a stretch, after clearing held places in it that lapsed. Raises PlaceTaken (without alternatives)."""
    wanted = Int8Range(*numbers_of(agenda_id=place.agenda_id, starts_at=place.starts_at, ends_at=place.ends_at))
    Claim.objects.filter(place__overlap=wanted, expires_at__lte=now).delete()
    try:
        with transaction.atomic():
            return Claim.objects.create(
                practice_id=practice_id, agenda_id=place.agenda_id, place=wanted, expires_at=expires_at
            )
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != _CONSTRAINT:
            raise
        raise PlaceTaken(str(TAKEN)) from error


def make_firm(*, claim_id: int, now: datetime) -> bool:
    """Keep a held stretch for good; false when its minutes have passed."""
    return Claim.objects.filter(pk=claim_id, expires_at__gt=now).update(expires_at=None) == 1


def _days_of(place: Place) -> range:
    """The keys of every day that a place touches: of two places that overlap, both wait for the same turn."""
    first, last = (minute_of(one) // _MINUTES_A_DAY for one in (place.starts_at, place.ends_at - timedelta(minutes=1)))
    return range(place.agenda_id * _DAYS + first, place.agenda_id * _DAYS + max(first, last) + 1)


def let_lapse(*, claim_id: int) -> None:
    """First half of giving time back, while the claim is still the viewer's: from now on anybody may clear it."""
    Claim.objects.filter(pk=claim_id).update(expires_at=_LONG_AGO)


def clear(*, claim_id: int) -> None:
    """Second half, once nothing points at it any more: the time is free at once."""
    Claim.objects.filter(pk=claim_id, expires_at=_LONG_AGO).delete()
