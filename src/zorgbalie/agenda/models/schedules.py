"""What a practice offers: agendas, kinds of appointment, and when which kind can be where. No patient data."""

from django.contrib.postgres.fields import ArrayField
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
    position = models.PositiveSmallIntegerField(default=0, help_text="its column at the desk")
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
    with_whom = models.CharField(max_length=60, blank=True, help_text="for patients: de huisarts, de assistente")
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, default="practice", help_text="types.Mode")
    room = models.CharField(max_length=80, blank=True)
    bring = models.CharField(max_length=300, blank=True, help_text="what to bring, or to do before")
    how = models.CharField(max_length=300, blank=True, help_text="of a call or video: which number, which address")
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


class AppointmentKindQuestion(models.Model):
    """What is asked before an appointment of a kind; at most seven (ux 5)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    kind_of = models.ForeignKey(AppointmentKind, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, help_text="kernel.questions.QuestionKind")
    help_text = models.CharField(max_length=200, blank=True)
    choices = ArrayField(models.CharField(max_length=60), default=list)
    unit = models.CharField(max_length=20, blank=True)
    is_optional = models.BooleanField(default=False)
    may_be_unknown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind_of", "place"], name="appointment_question_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=7), name="appointment_seven_questions"),
        ]

    def __str__(self) -> str:
        return f"appointment question {self.pk}"


class AgendaClosing(models.Model):
    """Days on which one agenda offers nothing: leave, a training. What closes the whole practice is of `practice`."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=80, blank=True, help_text="for colleagues")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agenda_closing_days")]
        indexes = [models.Index(fields=["agenda", "ends_on"], name="agenda_closing_by_agenda")]

    def __str__(self) -> str:
        return f"agenda closing {self.pk}"
