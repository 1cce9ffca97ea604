"""The same file once with an unsent text too, small images, and an index for what was never sent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0002_more_of_a_thread'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consultattachment',
            name='consult_attachment_once',
        ),
        migrations.AddConstraint(
            model_name='consultattachment',
            constraint=models.UniqueConstraint(fields=('consult', 'message', 'author_person', 'author_employee', 'sha256'), name='consult_attachment_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='consultattachment',
            index=models.Index(condition=models.Q(('message', None)), fields=['added_at'], name='consult_attachment_unsent'),
        ),
        migrations.AddField(
            model_name='consultattachmentcontent',
            name='thumbnail',
            field=models.BinaryField(help_text='a JPEG of ours; only of an image', null=True),
        ),
    ]
