"""Tables of the access log. The database refuses UPDATE, DELETE and TRUNCATE on both (`config.database.walls`)."""

from django.db import models
from django.db.models.functions import Now


class AuditEvent(models.Model):
    """One look or change (NEN 7513).

    Names are kept as they were: a log must not change when a person marries.
    """

    recorded_at = models.DateTimeField(db_default=Now(), help_text="EventDateTime; the database's clock")
    request_id = models.CharField(max_length=64)
    event = models.CharField(max_length=64, help_text="EventID: verb of ours")
    action = models.CharField(max_length=1, help_text="EventActionCode C R U D E")
    outcome = models.CharField(max_length=2, help_text="EventOutcomeIndicator")
    user_kind = models.CharField(max_length=16)
    user_id = models.CharField(max_length=64, help_text="userID")
    user_name = models.CharField(max_length=200, help_text="userName")
    role = models.CharField(max_length=40, blank=True, help_text="roleIDCode")
    organisation_id = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    acts_for_id = models.BigIntegerField(null=True, help_text="patient for whom a parent or helper acts")
    purpose = models.CharField(max_length=40, help_text="purposeOfUse")
    assurance_level = models.CharField(max_length=20, blank=True)
    network_address = models.CharField(max_length=64, blank=True, help_text="networkAccessPointID")
    patient_id = models.BigIntegerField(null=True, help_text="participantObjectID of the patient")
    practice_id = models.BigIntegerField(null=True, help_text="practice whose data it is")
    kind = models.CharField(max_length=40, blank=True, help_text="kind of data, participantObjectTypeCode")
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=120, blank=True, help_text="autorisatieProtocol")
    relation = models.CharField(max_length=120, blank=True, help_text="behandelrelatieProtocol")
    consent = models.CharField(max_length=120, blank=True, help_text="toestemmingsProfiel")
    emergency = models.BooleanField(default=False)
    detail = models.JSONField(default=dict)
    source_id = models.CharField(max_length=60, help_text="AuditSourceID")
    site_id = models.CharField(max_length=60, blank=True, help_text="AuditEnterpriseSiteID")

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "-id"], name="audit_by_patient"),
            models.Index(fields=["practice_id", "-id"], name="audit_by_practice"),
        ]

    def __str__(self) -> str:
        return f"{self.event} #{self.pk}"


class AuditSeal(models.Model):
    """A link of the chain: digest of one event together with the digest before it. Numbers have no gaps.

    `form` says which columns the digest covers (`audit.rules`), so that a later column leaves old seals as they are.
    """

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField(max_length=32)
    form = models.PositiveSmallIntegerField(default=1)
    sealed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"seal {self.number}"
