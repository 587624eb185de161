from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("PROMISED_CALL", "A call you promised"),
                    ("THANK_YOU", "A thank-you"),
                    ("FOLLOW_UP", "A second letter"),
                    ("TALK", "A talk ahead"),
                ],
                max_length=16,
            ),
        ),
    ]
