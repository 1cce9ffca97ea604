"""What a practice offers: agendas, kinds of appointment, and when which kind can be where. No patient data."""

from django.db import models
from django.db.models import F, Q

_DAY = 24 * 60


class Agenda(models.Model):
    """Whose time it is: a doctor, an assistant, a nurse (POH)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=60, help_text="as patients know it: huisarts, assistente")
    account = models.ForeignKey("practice.Account", models.PROTECT, null=True, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    urgent_reserve = models.PositiveSmallIntegerField(default=5, help_text="places a day, never booked online (R11)")
    release_plan = models.CharField(max_length=10, default="all", help_text="types.ReleasePlan")
    days_ahead = models.PositiveSmallIntegerField(default=28, help_text="how far ahead patients see it")
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="agenda_name_once_in_practice")]

    def __str__(self) -> str:
        return f"agenda {self.pk}"


class AppointmentKind(models.Model):
    """What a patient can come for: `1 klacht, 10 minuten, bij de huisarts` (REQ 37)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, default="practice", help_text="types.Mode")
    room = models.CharField(max_length=80, blank=True)
    bring = models.CharField(max_length=300, blank=True, help_text="what to bring, or to do before")
    is_online = models.BooleanField(default=False)
    hours_before = models.PositiveSmallIntegerField(default=2, help_text="until when it can be booked online")
    days_ahead = models.PositiveSmallIntegerField(default=28)
    cancel_hours = models.PositiveSmallIntegerField(default=24, help_text="until when it is cancelled or moved online")
    most_per_patient = models.PositiveSmallIntegerField(default=1, help_text="coming ones at once; 0 is no bound")
    min_age = models.PositiveSmallIntegerField(default=0)
    max_age = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "name"], name="appointment_kind_once_in_practice"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=_DAY), name="appointment_kind_minutes"),
            models.CheckConstraint(
                condition=Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")), name="appointment_kind_ages"
            ),
        ]

    def __str__(self) -> str:
        return f"appointment kind {self.pk}"


class WeekBlock(models.Model):
    """A piece of a weekday in an agenda on which kinds of appointment can be; one day only where from and until meet.

    `starts` and `ends` are minutes since midnight on the clock; a block may end on the next day.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="blocks")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(default=10)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    is_online = models.BooleanField(default=False)
    kinds = models.ManyToManyField(AppointmentKind, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="week_block_weekday"),
            models.CheckConstraint(condition=Q(step__gte=5), name="week_block_step"),
            models.CheckConstraint(condition=Q(every_weeks__gte=1), name="week_block_weeks"),
            models.CheckConstraint(
                condition=Q(starts__lt=_DAY, ends__gt=F("starts"), ends__lte=2 * _DAY), name="week_block_times"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="week_block_days"
            ),
        ]
        indexes = [models.Index(fields=["agenda", "valid_from"], name="week_block_by_agenda")]

    def __str__(self) -> str:
        return f"week block {self.pk}"


class AgendaClosing(models.Model):
    """Days on which an agenda offers nothing: a holiday, a training. Without an agenda: the whole practice."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    agenda = models.ForeignKey(Agenda, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=80, blank=True, help_text="for colleagues")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agenda_closing_days")]
        indexes = [models.Index(fields=["practice", "ends_on"], name="agenda_closing_by_practice")]

    def __str__(self) -> str:
        return f"agenda closing {self.pk}"
