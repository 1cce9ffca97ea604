"""The inbox of the practice: a view of the database over threads and their open item on the work list.

Who has a question in hand and whether it is urgent is the work list's to know; the view joins it, so that there is one
truth and a list is one query. It runs with the rights of who asks (`security_invoker`): the walls of both tables hold.
A migration that changes the type of a column named here must drop the view first and make it again.
"""

from django.db import models


class ConsultInboxRow(models.Model):
    """A sent thread. `item_…` are empty where nothing of it waits on the work list."""

    id = models.BigIntegerField(primary_key=True)
    practice_id = models.BigIntegerField()
    patient_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=12)
    about_id = models.BigIntegerField()
    about_title = models.CharField(max_length=255)
    about_date = models.DateField(null=True)
    state = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    addressed_name = models.CharField(max_length=120)
    with_account_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    changed_at = models.DateTimeField()
    item_id = models.BigIntegerField(null=True)
    item_account_id = models.BigIntegerField(null=True)
    assigned_to_id = models.BigIntegerField(null=True)
    is_urgent = models.BooleanField(null=True)
    family_name = models.CharField(max_length=100, null=True)  # noqa: DJ001  (no row of the register: no name)
    given_name = models.CharField(max_length=100, null=True)  # noqa: DJ001  (as the line above)
    item_due_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "consult_inbox"

    def __str__(self) -> str:
        return f"inbox row {self.pk}"
