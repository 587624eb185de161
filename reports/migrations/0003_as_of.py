"""A page says of which moment its numbers are. Sheets that cannot say it are made again."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_marks'),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM reports_sheet", migrations.RunSQL.noop),
        migrations.AddField(
            model_name='sheet',
            name='as_of',
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
    ]
