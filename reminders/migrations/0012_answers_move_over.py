"""What alumni answered was mailed by their own post. Its rows become reminders: what waits goes on
waiting, what was sent or given up stays so, and nothing is mailed a second time."""

from django.db import migrations

MOVE = """
    INSERT INTO reminders_reminder (
        created_at, updated_at, recipient_id, kind, step, request_id, due_on, due_at, state,
        attempts, failure, server_words, message_id, sent_at)
    SELECT mail.created_at, now(), request.student_id,
        CASE WHEN request.state IN ('ACCEPTED', 'CALL') THEN 'REQUEST_ANSWERED'
            ELSE 'REQUEST_CLOSED' END,
        'NEWS', request.id,
        (COALESCE(request.answered_at, request.expires_at) AT TIME ZONE student.time_zone)::date,
        mail.due_at,
        CASE WHEN mail.sent_at IS NOT NULL THEN 'SENT' WHEN mail.failed_at IS NOT NULL THEN 'DEAD'
            ELSE 'PENDING' END,
        mail.attempts, '', mail.server_words, '', mail.sent_at
    FROM alumni_alumnimail AS mail
    JOIN alumni_request AS request ON request.id = mail.request_id
    JOIN accounts_user AS student ON student.id = request.student_id
    WHERE mail.kind IN ('ANSWERED', 'EXPIRED')
        AND request.state IN ('ACCEPTED', 'CALL', 'DECLINED', 'EXPIRED')
    ON CONFLICT DO NOTHING"""
FORGET = "DELETE FROM alumni_alumnimail WHERE kind IN ('ANSWERED', 'EXPIRED')"


class Migration(migrations.Migration):
    dependencies = [("reminders", "0011_requests_answered")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
