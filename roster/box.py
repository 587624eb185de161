"""How the mail to students about their accounts stands, beside all other mail."""

from reminders.post import add_box, outbox
from roster.models import RosterMail

add_box(outbox("roster", RosterMail.objects.all(), kinds=dict(RosterMail.Kind.choices)))
