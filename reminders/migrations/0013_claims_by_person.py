# A claim looks up its people one by one, however many others are due; and a page keeps room for the
# rows that it claims, as a row that moves to another page is written into each index anew.

from django.db import migrations, models

ROOM = "ALTER TABLE reminders_reminder SET (fillfactor = 80)"
NO_ROOM = "ALTER TABLE reminders_reminder RESET (fillfactor)"


class Migration(migrations.Migration):

    dependencies = [("reminders", "0012_answers_move_over")]

    operations = [
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.RemoveIndex("reminder", "reminder_last_mail"),
        migrations.AddIndex(
            "reminder",
            models.Index(condition=models.Q(("state", "SENT")), fields=["recipient", "kind", "sent_at"], name="reminder_last_mail"),
        ),
        migrations.AddIndex(
            "reminder",
            models.Index(condition=models.Q(("state", "PENDING")), fields=["recipient", "due_at"], name="reminder_pending_of"),
        ),
    ]
