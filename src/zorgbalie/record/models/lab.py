"""Laboratory reports as they came, before and after a practice decided what the patient reads of them (R1, R2).

The portal has no privilege on `LabResult` and reads a `LabReport` only once it is published. What is shared of a report
is copied to `Observation` at that moment, so that one place says what a patient sees.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now


class LabReport(models.Model):
    """A report of a laboratory. A later version of the same report names the former in `supersedes`; both are kept.

    `revision` counts the decisions: who decides names the revision on screen (compare and swap).
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    laboratory = models.CharField(max_length=160)
    report_number = models.CharField(max_length=80, help_text="the sender's own number, the same for each version")
    digest = models.CharField(max_length=64, help_text="of the message as it came")
    requested_by_name = models.CharField(max_length=160, blank=True)
    requested_by_agb = models.CharField(max_length=8, blank=True)
    account = models.ForeignKey("practice.Account", models.PROTECT, null=True, related_name="+")
    sampled_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    status = models.CharField(max_length=12, help_text="preliminary, final, corrected")
    remark = models.TextField(blank=True, help_text="of the laboratory, for the practice")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    state = models.CharField(max_length=10, default="new", help_text="types.lab.ReportState")
    revision = models.PositiveIntegerField(default=0)
    conclusion = models.TextField(blank=True, help_text="mandatory for publishing (R1)")
    advice = models.TextField(blank=True, help_text="what the patient can do")
    is_upsetting = models.BooleanField(default=False)
    publish_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="the practice said that it spoke to the patient first")
    replaced_at = models.DateTimeField(null=True, help_text="a later version was published; this one is history")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "patient", "laboratory", "report_number", "digest"], name="lab_report_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "scheduled"]) | Q(conclusion__regex=r"\S"),
                name="lab_report_published_with_conclusion",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "practice", "-reported_at", "-id"], name="lab_report_list"),
            models.Index(fields=["publish_on"], condition=Q(state="scheduled"), name="lab_report_due"),
        ]

    def __str__(self) -> str:
        return f"lab report {self.pk}"


class LabResult(models.Model):
    """One determination of a report, as the laboratory stated it. `shared` is the practice's tick."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    report = models.ForeignKey(LabReport, models.PROTECT, related_name="results")
    position = models.PositiveIntegerField()
    group_title = models.CharField(max_length=255, blank=True, help_text="the panel it was asked in")
    code_system = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    value_number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    value_comparator = models.CharField(max_length=2, blank=True)
    value_text = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    unit_code = models.CharField(max_length=40, blank=True, help_text="UCUM")
    reference_low = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    reference_high = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    reference_text = models.CharField(max_length=120, blank=True)
    flag = models.CharField(max_length=10, blank=True, help_text="HL7 table 0078: L, H, LL, HH, A, N")
    status = models.CharField(max_length=20, default="final")
    remark = models.TextField(blank=True)
    observed_at = models.DateTimeField(null=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="lab_result_place")]

    def __str__(self) -> str:
        return f"lab result {self.pk}"


class LabInvitation(models.Model):
    """The practice asks the patient to make an appointment about a report. Says nothing of what the report holds."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    report = models.OneToOneField(LabReport, models.PROTECT, related_name="invitation")
    doctor_name = models.CharField(max_length=160, blank=True)
    invited_at = models.DateTimeField()
    # Numbers of another app and a text as it was then: whether they can still be booked is asked when it is shown.
    booking_kind = models.BigIntegerField(null=True, help_text="which kind of appointment the doctor wants")
    booking_agenda = models.BigIntegerField(null=True, help_text="with whom, empty for anybody")
    booking_words = models.CharField(max_length=220, blank=True)
    done_at = models.DateTimeField(null=True, help_text="the patient made an appointment, or the practice published")

    class Meta:
        indexes = [
            models.Index(fields=["patient", "practice"], condition=Q(done_at__isnull=True), name="open_lab_invitation")
        ]

    def __str__(self) -> str:
        return f"lab invitation {self.pk}"


class ReplyTemplate(models.Model):
    """A template letter (maskerbrief) for a conclusion; fields in braces are filled in (REQ 64).

    Of the practice, or of one `employee` alone; colleagues do not see that one.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    employee = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=80)
    conclusion = models.TextField()
    advice = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "practice", Lower("title"), condition=Q(employee__isnull=True), name="reply_template_of_practice_once"
            ),
            models.UniqueConstraint(
                "practice",
                "employee",
                Lower("title"),
                condition=Q(employee__isnull=False),
                name="reply_template_of_employee_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
