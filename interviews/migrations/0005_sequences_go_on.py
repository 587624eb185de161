"""Files that were saved before carry the minutes since 2026 as their SEQUENCE, and a calendar does
not take a lower one for newer. So talks that have a time go on from there."""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import IntegerField, Value
from django.db.models.functions import Cast, Extract, Greatest

BEGAN = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())


def go_on(apps, schema_editor):
    Interview = apps.get_model("interviews", "Interview")
    minutes = (Extract("updated_at", "epoch", tzinfo=UTC) - BEGAN) / 60
    Interview.objects.filter(starts_at__isnull=False).update(
        calendar_sequence=Greatest(Cast(minutes, IntegerField()) + 1, Value(0))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0004_calendar_sequence"),
    ]

    operations = [
        # Without the column there is nothing to go back to.
        migrations.RunPython(go_on, migrations.RunPython.noop, elidable=True),
    ]
