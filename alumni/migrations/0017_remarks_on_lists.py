from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alumni", "0016_answers_are_reminders")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="remarks",
            field=models.JSONField(default=list),
        ),
    ]
