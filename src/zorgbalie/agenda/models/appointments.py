"""What is taken: claims on time, and what claims it. Two claims on one minute of an agenda cannot exist.

The agenda and the minutes stand together in one range of numbers, so that a plain GiST index on ranges is enough for
the exclusion constraint: no extension of PostgreSQL is needed (decision record on appointments).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

_FIRM = ["booked", "arrived", "done", "no_show"]


class Claim(models.Model):
    """A stretch of an agenda that is taken. No patient data: all may know that a time is gone.

    `place` is agenda number × 2³² + minutes since 1970, end exclusive (`rules.places`). `expires_at`: of a held place,
    after which anybody may clear it away; empty for what is firm.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, related_name="+")
    place = BigIntegerRangeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(name="one_claim_on_each_minute", expressions=[(F("place"), RangeOperators.OVERLAPS)])
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="claim_that_expires")
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class Appointment(models.Model):
    """A place of a patient, held or booked. What is firm has its claim; a claim that lapsed leaves a held one without.

    `token` is of the form that held it: pressed twice it is one. `revision` counts the changes (compare and swap).
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, related_name="+")
    kind = models.ForeignKey("agenda.AppointmentKind", models.PROTECT, related_name="+")
    kind_name = models.CharField(max_length=80, help_text="as it was when it was booked")
    mode = models.CharField(max_length=10)
    # The database clears it when the claim is deleted (migration 0001): who clears a lapsed claim of another patient
    # may not see that patient's row.
    claim = models.OneToOneField(Claim, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="held", help_text="types.AppointmentState")
    reason = models.CharField(max_length=500, blank=True, help_text="in the words of the patient")
    is_online = models.BooleanField(help_text="booked by or for the patient at the portal")
    booked_by_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    booked_by_employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    token = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now())
    booked_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=8, blank=True, help_text="patient, practice, lapsed")
    cancel_text = models.CharField(max_length=300, blank=True, help_text="what the practice told the patient")
    arrived_at = models.DateTimeField(null=True)
    reminded_for = models.DateField(null=True, help_text="of which day the patient was reminded, or needs not be")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "token"], name="appointment_once_per_form"),
            models.UniqueConstraint(
                fields=["patient", "practice"], condition=Q(state="held"), name="one_held_place_per_patient"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state__in=_FIRM) | Q(claim__isnull=False, booked_at__isnull=False),
                name="appointment_firm_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(claim__isnull=True, cancelled_at__isnull=False),
                name="appointment_cancelled_has_no_time",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "practice", "-starts_at"], name="appointment_of_patient"),
            models.Index(fields=["agenda", "starts_at"], name="appointment_of_agenda"),
            models.Index(fields=["practice", "starts_at"], name="appointment_of_practice"),
            models.Index(fields=["starts_at"], condition=Q(state="booked"), name="appointment_to_remind"),
            models.Index(fields=["created_at"], condition=Q(state="held"), name="appointment_held"),
            models.Index(fields=["practice", "-booked_at"], name="appointment_made_latest"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class AppointmentAnswer(models.Model):
    """A question of the kind as it was asked before one appointment, with its answer; for the desk."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="answers")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, help_text="kernel.questions.QuestionKind")
    help_text = models.CharField(max_length=200, blank=True)
    choices = ArrayField(models.CharField(max_length=60), default=list)
    unit = models.CharField(max_length=20, blank=True)
    is_optional = models.BooleanField(default=False)
    may_be_unknown = models.BooleanField(default=True)
    answer = models.TextField(blank=True, help_text="kernel.questions.GivenAnswer")
    is_unknown = models.BooleanField(default=False)
    is_answered = models.BooleanField(default=False, help_text="the patient went past it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "place"], name="appointment_answer_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=7), name="appointment_seven_answers"),
        ]

    def __str__(self) -> str:
        return f"appointment answer {self.pk}"


class Occupation(models.Model):
    """Time that is taken and is no appointment: a meeting, a break, visits (R10).

    It has no patient and never can have one; the portal has no privilege on it. A meeting about a patient therefore can
    neither be shown to that patient nor reminded of.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    agenda = models.ForeignKey("agenda.Agenda", models.PROTECT, related_name="+")
    claim = models.OneToOneField(Claim, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=10, help_text="types.OccupationKind")
    title = models.CharField(max_length=120, blank=True)
    series = models.UUIDField(null=True, help_text="the same for those that were made as one that repeats")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occupation_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["agenda", "starts_at"], name="occupation_of_agenda"),
            models.Index(fields=["series"], condition=Q(series__isnull=False), name="occupation_of_series"),
        ]

    def __str__(self) -> str:
        return f"occupation {self.pk}"
