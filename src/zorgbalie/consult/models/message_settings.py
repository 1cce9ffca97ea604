"""What a practice decided about messages that it begins itself. No row: `rules.default_message_rules`."""

from django.db import models


class MessageSettings(models.Model):
    """Whether staff may begin, the texts they begin with, how long one may reply, and when no notice goes out."""

    practice = models.OneToOneField("practice.Practice", models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    start_text = models.TextField()
    follow_up_text = models.TextField()
    reply_days = models.PositiveSmallIntegerField()
    silent_days = models.PositiveSmallIntegerField()
    quiet_from = models.PositiveSmallIntegerField(help_text="hour on the clock of the practice")
    quiet_until = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"message settings {self.pk}"
