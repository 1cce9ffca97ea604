"""The inbox: indexes, who is at a thread, Dutch full text search, and the view that the list reads."""

import django.db.models.deletion
from django.db import migrations, models


# Full text in Dutch. The number of the practice is a word of its own, that begins as no typed word can: the
# index then finds words of one practice, without an extension. Django does not know these columns, so no row is read
# with them.
_SEARCH = """
ALTER TABLE consult_consult ADD COLUMN words tsvector GENERATED ALWAYS AS (
  array_to_tsvector(ARRAY['#' || practice_id::text])
  || to_tsvector('dutch', subject || ' ' || about_title)) STORED;
ALTER TABLE consult_consultmessage ADD COLUMN words tsvector GENERATED ALWAYS AS (
  array_to_tsvector(ARRAY['#' || practice_id::text]) || to_tsvector('dutch', text)) STORED;
CREATE INDEX consult_words ON consult_consult USING gin (words);
CREATE INDEX consult_message_words ON consult_consultmessage USING gin (words);
"""
_NO_SEARCH = """
ALTER TABLE consult_consultmessage DROP COLUMN words;
ALTER TABLE consult_consult DROP COLUMN words;
"""
_VIEW = """
CREATE VIEW consult_inbox WITH (security_invoker) AS
SELECT c.id, c.practice_id, c.patient_id, c.subject, c.about_kind, c.about_id, c.about_title, c.about_date, c.state,
  c.revision, c.addressed_name, c.with_account_id, c.sent_at, c.answer_by, c.changed_at,
  w.id AS item_id, w.account_id AS item_account_id, w.assigned_to_id, w.is_urgent, p.family_name, p.given_name
FROM consult_consult c
LEFT JOIN worklist_workitem w
  ON w.practice_id = c.practice_id AND w.kind = 'consult' AND w.about_id = c.id AND w.state = 'open'
LEFT JOIN people_person p ON p.id = c.patient_id
WHERE c.state <> 'draft'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0005_reasons'),
        ('people', '0001_initial'),
        ('practice', '0002_one_time_password'),
        ('worklist', '0002_action_notes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsultInboxRow',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('practice_id', models.BigIntegerField()),
                ('patient_id', models.BigIntegerField()),
                ('subject', models.CharField(max_length=80)),
                ('about_kind', models.CharField(max_length=12)),
                ('about_id', models.BigIntegerField()),
                ('about_title', models.CharField(max_length=255)),
                ('about_date', models.DateField(null=True)),
                ('state', models.CharField(max_length=12)),
                ('revision', models.PositiveIntegerField()),
                ('addressed_name', models.CharField(max_length=120)),
                ('with_account_id', models.BigIntegerField(null=True)),
                ('sent_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('item_id', models.BigIntegerField(null=True)),
                ('item_account_id', models.BigIntegerField(null=True)),
                ('assigned_to_id', models.BigIntegerField(null=True)),
                ('is_urgent', models.BooleanField(null=True)),
                ('family_name', models.CharField(max_length=100, null=True)),
                ('given_name', models.CharField(max_length=100, null=True)),
            ],
            options={
                'db_table': 'consult_inbox',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ConsultPresence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('typing_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='consult',
            index=models.Index(condition=models.Q(('state__in', ['sent', 'with_doctor'])), fields=['practice', 'answer_by', 'id'], name='open_consults_by_promise'),
        ),
        migrations.AddIndex(
            model_name='consult',
            index=models.Index(condition=models.Q(('state__in', ['sent', 'with_doctor'])), fields=['practice', 'sent_at', 'id'], name='open_consults_by_age'),
        ),
        migrations.AddIndex(
            model_name='consult',
            index=models.Index(fields=['practice', 'state', '-changed_at', '-id'], name='consults_by_state'),
        ),
        migrations.AddIndex(
            model_name='consult',
            index=models.Index(fields=['practice', '-changed_at', '-id'], name='consults_by_change'),
        ),
        migrations.AddField(
            model_name='consultpresence',
            name='consult',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consult.consult'),
        ),
        migrations.AddField(
            model_name='consultpresence',
            name='employee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.employee'),
        ),
        migrations.AddField(
            model_name='consultpresence',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practice.practice'),
        ),
        migrations.AddIndex(
            model_name='consultpresence',
            index=models.Index(fields=['practice', 'seen_at'], name='consult_presence_now'),
        ),
        migrations.AddConstraint(
            model_name='consultpresence',
            constraint=models.UniqueConstraint(fields=('consult', 'employee'), name='one_presence_at_a_consult'),
        ),
        migrations.RunSQL(_SEARCH, _NO_SEARCH),
        migrations.RunSQL(_VIEW, "DROP VIEW consult_inbox"),
    ]
