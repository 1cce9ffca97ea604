"""A contact knows the one episode that it says to be about; the next import of a dossier fills it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0005_lab_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='encounter',
            name='episode',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='encounters', to='record.episode'),
        ),
    ]
