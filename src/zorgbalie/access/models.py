"""Tables of agreement, invitation, release and emergency access."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class AgreementText(models.Model):
    """A version of the agreement between patient and practice (REQ 4). A published version never changes."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body_patient_rights = models.TextField()
    body_patient_duties = models.TextField()
    body_practice_rights = models.TextField()
    body_practice_duties = models.TextField()
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "version"], nulls_distinct=False, name="agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"agreement text {self.version}"


class Agreement(models.Model):
    """The agreement of one patient with one practice: no medical data before both signatures (R7)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    text = models.ForeignKey(AgreementText, models.PROTECT, related_name="+")
    patient_signed_at = models.DateTimeField(null=True)
    patient_signer = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    patient_signer_level = models.CharField(max_length=20, blank=True)
    practice_signed_at = models.DateTimeField(null=True)
    practice_signer = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by_patient = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=Q(ended_at__isnull=True),
                name="one_running_agreement",
            )
        ]
        indexes = [models.Index(fields=["person", "practice"], name="agreement_by_person")]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Invitation(models.Model):
    """A personal invitation (REQ 4). Only a digest of the code is kept; one code works once. By e-mail: no code."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    code_digest = models.CharField(max_length=128)
    invited_by = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(db_default=0, default=0, help_text="wrong codes; bounded")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation",
            )
        ]
        indexes = [models.Index(fields=["practice", "-created_at"], name="invitation_by_practice")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class AccessRequest(models.Model):
    """A patient's request to read the record, and its release (REQ 24, 54 to 56)."""

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="asked")
    reason = models.TextField(blank=True, help_text="why refused or left open; the patient reads it (R6)")
    automatic = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=Q(state__in=["asked", "left_open", "released"]),
                name="one_running_request",
            )
        ]
        indexes = [
            models.Index(fields=["practice", "state", "asked_at"], name="request_by_practice"),
            models.Index(fields=["person", "practice"], name="request_by_person"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class EmergencyAccess(models.Model):
    """Emergency access of one employee to one patient without a treatment relation (security row 12)."""

    employee = models.ForeignKey("practice.Employee", models.PROTECT, related_name="+")
    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    person_name = models.CharField(
        max_length=200, blank=True, help_text="as it was: who reviews may have no other way to know whose record it was"
    )
    reason = models.TextField()
    started_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("practice.Employee", models.PROTECT, null=True, related_name="+")
    review_note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["employee", "person", "expires_at"], name="emergency_by_employee"),
            models.Index(fields=["practice", "-started_at"], name="emergency_by_practice"),
        ]

    def __str__(self) -> str:
        return f"emergency access {self.pk}"
