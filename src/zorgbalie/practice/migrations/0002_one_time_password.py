"""A password that somebody else gave lapses by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Reversible; passwords given before keep working until they are changed."""

    dependencies = [("practice", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="staffuser",
            name="one_time_until",
            field=models.DateTimeField(help_text="until when a given password can be used", null=True),
        )
    ]
