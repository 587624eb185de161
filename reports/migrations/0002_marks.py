"""The database itself writes down whose counts are stale: no way of changing a row goes past it.

A trigger for each statement, and a mark for each student whom it touched. Marks are only ever
added, so that two writers never wait for each other here.
"""

from django.db import migrations

# Whom a changed row of a table is about.
OF_CONTACT = "SELECT contact.student_id FROM {rows} JOIN contacts_contact contact ON contact.id = {rows}.contact_id"
WHOM = {
    "contacts_contact": "SELECT student_id FROM {rows}",
    "contacts_interaction": OF_CONTACT,
    "interviews_interview": OF_CONTACT,
    "interviews_debrief": """
        SELECT contact.student_id FROM {rows}
        JOIN interviews_interview talk ON talk.id = {rows}.interview_id
        JOIN contacts_contact contact ON contact.id = talk.contact_id""",
    "letters_letterreview": """
        SELECT contact.student_id FROM {rows}
        JOIN letters_letter letter ON letter.id = {rows}.letter_id
        JOIN contacts_contact contact ON contact.id = letter.contact_id""",
    "accounts_studentprofile": "SELECT student_id FROM {rows}",
    # A term moves the borders of everybody's parts.
    "accounts_term": "SELECT NULL::bigint FROM {rows}",
}
# How alumni fare is counted over all of them: student 0 stands for the directory.
OF_DIRECTORY = ("alumni_alum", "alumni_request", "accounts_officesettings")
# Log-ins touch a user many times a day; only these two count.
MOVED = """
    SELECT new_rows.id FROM new_rows JOIN old_rows USING (id)
    WHERE (new_rows.time_zone, new_rows.role) IS DISTINCT FROM (old_rows.time_zone, old_rows.role)
"""
ROWS = {
    "insert": ("REFERENCING NEW TABLE AS new_rows", ("new_rows",)),
    "update": ("REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows", ("old_rows", "new_rows")),
    "delete": ("REFERENCING OLD TABLE AS old_rows", ("old_rows",)),
}
TRIGGER = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_stale (student_id) {whom};
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} {referencing}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _triggers():
    for table, whom in WHOM.items():
        for event, (referencing, rows) in ROWS.items():
            yield table, event, referencing, " UNION ".join(whom.format(rows=one) for one in rows)
    for table in OF_DIRECTORY:
        for event in ROWS:
            yield table, event, "", "SELECT 0"
    yield "accounts_user", "update", ROWS["update"][0], MOVED
    yield "accounts_user", "delete", ROWS["delete"][0], "SELECT id FROM old_rows"


def _operations():
    for table, event, referencing, whom in _triggers():
        name = f"reports_stale_{table}_{event}"
        made = TRIGGER.format(
            name=name, table=table, event=event.upper(), referencing=referencing, whom=whom
        )
        yield migrations.RunSQL(made, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name};")
    # What was there before is counted with the first look.
    yield migrations.RunSQL(
        "INSERT INTO reports_stale (student_id) VALUES (NULL)", migrations.RunSQL.noop
    )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_counts_made_ahead'),
        ('accounts', '0005_terms'),
        ('alumni', '0012_post_at_a_glance'),
        ('contacts', '0002_merges_and_own_imports'),
        ('interviews', '0005_sequences_go_on'),
        ('letters', '0002_post_at_a_glance'),
    ]

    operations = list(_operations())
