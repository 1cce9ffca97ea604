"""Tables of notices."""

from django.db import models
from django.db.models.functions import Now


class NoticePreference(models.Model):
    """A patient's yes or no for one kind on one channel; no row means no (R15)."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    is_on = models.BooleanField()
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="one_notice_preference")]

    def __str__(self) -> str:
        return f"preference {self.pk}"


class Notice(models.Model):
    """One notice to one address: stored with the change that caused it, sent by the worker.

    `event_key` names the event (`request:12:released`); with person and channel it is unique, so one event gives
    one notice however often it is reported.
    """

    practice = models.ForeignKey("practice.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    event_key = models.CharField(max_length=120)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, help_text="since when a worker is sending it")
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True, help_text="kind of fault; no address, no content")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel", "event_key"], name="one_notice_per_event")]
        indexes = [
            models.Index(fields=["practice", "-created_at"], name="notice_by_practice"),
            models.Index(
                fields=["practice", "-created_at"], condition=models.Q(state="failed"), name="failed_notice_by_practice"
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class AddressCheck(models.Model):
    """An e-mail address or mobile number that a patient typed and that has yet to prove itself (security row 63).

    The code is kept nowhere: it follows from this row and the secret key (`codes`).
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, default="email", db_default="email")
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="address_check_by_person")]

    def __str__(self) -> str:
        return f"address check {self.pk}"


class PushSubscription(models.Model):
    """A browser in which the patient switched signs on. The address is a secret of that browser (RFC 8030, 8)."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    address = models.CharField(max_length=1000)
    device = models.CharField(max_length=80, help_text="what the patient recognises it by")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="one_push_per_browser")]

    def __str__(self) -> str:
        return f"push subscription {self.pk}"
