"""The inbox of questions knows by when the work itself was due: a promise that was not kept stays late (ux 47)."""

from django.db import migrations, models

_COLUMNS = """
SELECT c.id, c.practice_id, c.patient_id, c.subject, c.about_kind, c.about_id, c.about_title, c.about_date, c.state,
  c.revision, c.addressed_name, c.with_account_id, c.sent_at, c.answer_by, c.changed_at,
  w.id AS item_id, w.account_id AS item_account_id, w.assigned_to_id, w.is_urgent, p.family_name, p.given_name
"""
_TABLES = """
FROM consult_consult c
LEFT JOIN worklist_workitem w
  ON w.practice_id = c.practice_id AND w.kind = 'consult' AND w.about_id = c.id AND w.state = 'open'
LEFT JOIN people_person p ON p.id = c.patient_id
WHERE c.state <> 'draft'
"""
# A column can be added to a view in place, so that its grants stay; to take it away the view is made anew.
_WIDER = f"CREATE OR REPLACE VIEW consult_inbox WITH (security_invoker) AS {_COLUMNS}, w.due_at AS item_due_at {_TABLES}"
_AS_BEFORE = f"DROP VIEW consult_inbox; CREATE VIEW consult_inbox WITH (security_invoker) AS {_COLUMNS} {_TABLES}"


class Migration(migrations.Migration):
    dependencies = [("consult", "0010_waiting_files")]

    operations = [
        migrations.AddField(
            model_name="consultinboxrow", name="item_due_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunSQL(_WIDER, _AS_BEFORE),
    ]
