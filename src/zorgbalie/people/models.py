"""Tables of the person register."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now


class Person(models.Model):
    """A patient, parent or helper. The BSN is the identity (REQ 1, 2); a name or an address never is (A7, A17)."""

    class Sex(models.TextChoices):
        """Administrative gender, FHIR codes."""

        FEMALE = "female"
        MALE = "male"
        OTHER = "other"
        UNKNOWN = "unknown"

    bsn = models.CharField(max_length=9, null=True, unique=True)  # noqa: DJ001 (unknown is not "")
    bsn_verified_at = models.DateTimeField(
        null=True, help_text="when a practice checked it against an identity document"
    )
    initials = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=100)
    name_prefix = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=100)
    birth_date = models.DateField()
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    email = models.EmailField(blank=True)
    email_verified_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    mobile = models.CharField(max_length=16, blank=True, db_default="", help_text="E.164; proved by a code")
    street = models.CharField(max_length=100, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    city = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="nl")
    registered_by_practice_id = models.BigIntegerField(
        null=True,
        help_text="practice that registered this person; it sees the row until somebody enrols the person",
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["family_name", "given_name", "id"], name="person_by_name"),
            models.Index(fields=["birth_date"], name="person_by_birth_date"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Representation(models.Model):
    """Who may act for a patient: a parent, or someone who helps. Lapses by age without anybody doing a thing."""

    class Kind(models.TextChoices):
        """On what ground."""

        PARENT = "parent"
        HELPER = "helper"

    representative = models.ForeignKey(Person, models.CASCADE, related_name="+")
    patient = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    child_consent_at = models.DateTimeField(null=True, help_text="consent of a child of 12 to 15")
    closed_for_safety_at = models.DateTimeField(null=True, help_text="closed by the practice (A18)")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["representative", "patient", "kind"], name="one_representation_of_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(representative=models.F("patient")), name="nobody_represents_himself"
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="representation_by_patient")]

    def __str__(self) -> str:
        return f"representation {self.pk}"


class SignInReplay(models.Model):
    """Answers of the sign-in service that were used: each counts once (security row 19)."""

    key_digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="sign_in_replay_by_until")]

    def __str__(self) -> str:
        return self.key_digest


class PatientSession(AbstractBaseSession):
    """Sessions of the portal; the desk's role cannot read them."""

    person_id = models.BigIntegerField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "people_patient_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that goes with this table (Django's contract)."""
        from zorgbalie.people.patient_sessions import SessionStore

        return SessionStore
