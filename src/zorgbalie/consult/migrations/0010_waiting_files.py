"""Files that wait for the virus scanner are found by the worker, whatever their number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0009_messages_of_the_practice'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='consultattachment',
            index=models.Index(condition=models.Q(('virus_state', 'waiting')), fields=['id'], name='consult_attachment_to_check'),
        ),
    ]
