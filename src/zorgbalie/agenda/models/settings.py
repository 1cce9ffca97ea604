"""What a practice decided about appointments, and the addresses at which staff read their agenda elsewhere."""

from django.db import models
from django.db.models import Q


class AgendaSettings(models.Model):
    """Texts for patients, reminders and offers (REQ 72, 73). No row: as `types.AgendaRules` is made."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    intro_text = models.CharField(max_length=600, blank=True, help_text="before one chooses a kind")
    confirm_text = models.CharField(max_length=600, blank=True, help_text="once it is booked")
    route_text = models.CharField(max_length=600, blank=True, help_text="how to get there, where to park")
    reminders_on = models.BooleanField(default=True)
    earlier_on = models.BooleanField(default=True, help_text="patients may wait for an earlier time (ux 43)")
    item_for_bookings = models.BooleanField(default=False, help_text="each appointment that a patient makes is an item")
    item_for_changes = models.BooleanField(default=True, help_text="so is each that a patient moves or cancels")
    offer_hours = models.PositiveSmallIntegerField(default=4, help_text="how long an earlier time is offered")
    quiet_from = models.PositiveSmallIntegerField(default=21 * 60, help_text="minutes since midnight; no offers from")
    quiet_until = models.PositiveSmallIntegerField(default=8 * 60)
    feeds_on = models.BooleanField(default=True, help_text="staff may read agendas in a calendar program")
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"agenda settings {self.pk}"


class AgendaFeed(models.Model):
    """A secret address at which an employee's calendar program reads agendas. Only the digest of the secret is kept.

    `agenda` empty: all of the practice. `shows_names`: chosen by the employee, else each is only taken time.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60, blank=True, help_text="which calendar program, in the employee's words")
    secret_digest = models.CharField(max_length=64, unique=True)
    shows_names = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="latest, by the day")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["employee"], condition=Q(revoked_at__isnull=True), name="agenda_feed_running")]

    def __str__(self) -> str:
        return f"agenda feed {self.pk}"
