"""The database counts by itself: no import, merge, undo or deletion can forget to (docs/adr/0013).

`advising_recount` counts the given students anew. It first takes their rows, in one order, and
counts in the next statement, which sees what others committed meanwhile: two deeds at one moment
end with both counted. Triggers call it once for each statement, and only for those students whose
row of a table changed in something that is counted.

Thinking of a plan takes longer than counting, so one plan serves all: every look-up by its index,
also where it was made while the tables were empty.
"""

from django.db import migrations

GOES_WITH_ITS_STUDENT = """
ALTER TABLE advising_studentcounters ADD CONSTRAINT studentcounters_of_student
    FOREIGN KEY (student_id) REFERENCES accounts_user (id) ON DELETE CASCADE
"""

RECOUNT = """
CREATE FUNCTION advising_recount(students bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO advising_studentcounters (
        student_id, identified, asked, agreed, met, thanked, kept, talks_held, asked_for_names,
        noes_in_a_row
    )
    SELECT id, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM accounts_user
    WHERE id = ANY (students) ORDER BY id
    ON CONFLICT DO NOTHING;

    PERFORM FROM advising_studentcounters
    WHERE student_id = ANY (students) ORDER BY student_id FOR NO KEY UPDATE;

    WITH people AS (
        SELECT
            person.student_id,
            person.created_at,
            coalesce(talks.is_asked, false) OR coalesce(log.is_asked, false) AS is_asked,
            coalesce(talks.is_agreed, false) OR coalesce(log.is_agreed, false) AS is_agreed,
            coalesce(talks.held, 0) AS held,
            coalesce(talks.is_thanked, false) AS is_thanked,
            coalesce(talks.is_kept, false) AS is_kept,
            coalesce(talks.held, 0) > 0 AND (
                coalesce(talks.is_asked_for_names, false)
                OR EXISTS (
                    SELECT FROM contacts_contact named
                    WHERE named.referred_by_id = person.id
                    AND named.student_id = person.student_id
                )
            ) AS is_asked_for_names,
            greatest(log.yes_on, talks.yes_on) AS yes_on,
            coalesce(log.no_on, talks.no_on) AS no_on,
            greatest(log.deed_on, talks.deed_on) AS deed_on,
            talks.touched_at
        FROM contacts_contact person
        CROSS JOIN LATERAL (
            SELECT
                bool_or(talk.state IN (
                    'ASKED', 'ACCEPTED', 'CONFIRMED', 'HELD', 'DEBRIEFED', 'CLOSED', 'DECLINED',
                    'NO_RESPONSE', 'CANCELLED', 'NO_SHOW'
                )) AS is_asked,
                bool_or(talk.state IN (
                    'ACCEPTED', 'CONFIRMED', 'HELD', 'DEBRIEFED', 'CLOSED', 'CANCELLED', 'NO_SHOW'
                )) AS is_agreed,
                count(talk.held_on) AS held,
                bool_or(talk.held_on IS NOT NULL AND talk.thanked_on IS NOT NULL) AS is_thanked,
                bool_or(
                    talk.held_on IS NOT NULL AND talk.thanked_on IS NOT NULL
                    AND talk.followed_up_on IS NOT NULL
                ) AS is_kept,
                bool_or(debrief.asked_for_names) AS is_asked_for_names,
                max(coalesce(talk.held_on, (talk.updated_at AT TIME ZONE 'UTC')::date)) FILTER (
                    WHERE talk.state IN (
                        'ACCEPTED', 'CONFIRMED', 'HELD', 'DEBRIEFED', 'CLOSED', 'CANCELLED',
                        'NO_SHOW'
                    )
                ) AS yes_on,
                max((talk.updated_at AT TIME ZONE 'UTC')::date) FILTER (
                    WHERE talk.state = 'DECLINED'
                ) AS no_on,
                max(greatest(talk.held_on, talk.thanked_on, talk.followed_up_on)) AS deed_on,
                max(talk.updated_at) AS touched_at
            FROM interviews_interview talk
            LEFT JOIN interviews_debrief debrief ON debrief.interview_id = talk.id
            WHERE talk.contact_id = person.id
        ) talks
        CROSS JOIN LATERAL (
            SELECT
                bool_or(entry.outcome IN ('ASKED', 'AGREED', 'DECLINED')) AS is_asked,
                bool_or(entry.outcome = 'AGREED') AS is_agreed,
                max(entry.happened_on) FILTER (WHERE entry.outcome = 'AGREED') AS yes_on,
                max(entry.happened_on) FILTER (WHERE entry.outcome = 'DECLINED') AS no_on,
                max(greatest(entry.happened_on, entry.called_on)) AS deed_on
            FROM contacts_interaction entry
            WHERE entry.contact_id = person.id
        ) log
        WHERE person.student_id = ANY (students)
    ),
    last_yes AS (SELECT student_id, max(yes_on) AS yes_on FROM people GROUP BY student_id),
    counts AS (
        SELECT
            wanted.student_id,
            count(people.student_id) AS identified,
            count(*) FILTER (WHERE is_asked) AS asked,
            count(*) FILTER (WHERE is_agreed) AS agreed,
            count(*) FILTER (WHERE held > 0) AS met,
            count(*) FILTER (WHERE is_thanked) AS thanked,
            count(*) FILTER (WHERE is_kept) AS kept,
            coalesce(sum(held), 0) AS talks_held,
            count(*) FILTER (WHERE is_asked_for_names) AS asked_for_names,
            count(*) FILTER (
                WHERE people.no_on IS NOT NULL
                AND (last_yes.yes_on IS NULL OR people.no_on > last_yes.yes_on)
            ) AS noes_in_a_row,
            max(people.deed_on) AS last_deed_on,
            greatest(max(people.created_at), max(people.touched_at)) AS last_touch_at
        FROM unnest(students) AS wanted (student_id)
        LEFT JOIN people USING (student_id)
        LEFT JOIN last_yes USING (student_id)
        GROUP BY wanted.student_id
    )
    UPDATE advising_studentcounters counters SET
        identified = counts.identified, asked = counts.asked, agreed = counts.agreed,
        met = counts.met, thanked = counts.thanked, kept = counts.kept,
        talks_held = counts.talks_held, asked_for_names = counts.asked_for_names,
        noes_in_a_row = counts.noes_in_a_row, last_deed_on = counts.last_deed_on,
        last_touch_at = counts.last_touch_at
    FROM counts
    WHERE counters.student_id = counts.student_id;
END $$
"""

# By table: what is counted of it, and how a changed row leads to its student.
COUNTED = {
    "contacts_contact": (
        "id, student_id, created_at, referred_by_id",
        "SELECT array_agg(DISTINCT student_id) FROM changed",
    ),
    "contacts_interaction": (
        "id, contact_id, outcome, happened_on, called_on",
        "SELECT array_agg(DISTINCT person.student_id) FROM changed"
        " JOIN contacts_contact person ON person.id = changed.contact_id",
    ),
    "interviews_interview": (
        "id, contact_id, state, held_on, thanked_on, followed_up_on, updated_at",
        "SELECT array_agg(DISTINCT person.student_id) FROM changed"
        " JOIN contacts_contact person ON person.id = changed.contact_id",
    ),
    "interviews_debrief": (
        "id, interview_id, asked_for_names",
        "SELECT array_agg(DISTINCT person.student_id) FROM changed"
        " JOIN interviews_interview talk ON talk.id = changed.interview_id"
        " JOIN contacts_contact person ON person.id = talk.contact_id",
    ),
}
# Statements of plpgsql are planned when they are reached, so each may name its own rows.
WHAT_CHANGED = """
CREATE FUNCTION advising_count_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    students bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        WITH changed AS (SELECT {columns} FROM new_rows) {students} INTO students;
    ELSIF TG_OP = 'DELETE' THEN
        WITH changed AS (SELECT {columns} FROM old_rows) {students} INTO students;
    ELSE
        WITH changed AS (
            (SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows)
            UNION ALL
            (SELECT {columns} FROM old_rows EXCEPT SELECT {columns} FROM new_rows)
        ) {students} INTO students;
    END IF;
    IF students IS NOT NULL THEN
        PERFORM advising_recount(students);
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER advising_counts_{event} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION advising_count_{table}()
"""
EVENTS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
COUNT_ALL = "SELECT advising_recount(array_agg(DISTINCT student_id)) FROM contacts_contact"


def counting_of(table: str) -> list[migrations.RunSQL]:
    columns, students = COUNTED[table]
    return [
        migrations.RunSQL(
            WHAT_CHANGED.format(table=table, columns=columns, students=students),
            f"DROP FUNCTION advising_count_{table}()",
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(event=event, table=table, rows=rows),
                f"DROP TRIGGER advising_counts_{event} ON {table}",
            )
            for event, rows in EVENTS.items()
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("advising", "0001_initial"),
        ("contacts", "0002_merges_and_own_imports"),
        ("interviews", "0005_sequences_go_on"),
    ]

    operations = [
        migrations.RunSQL(
            GOES_WITH_ITS_STUDENT,
            "ALTER TABLE advising_studentcounters DROP CONSTRAINT studentcounters_of_student",
        ),
        migrations.RunSQL(RECOUNT, "DROP FUNCTION advising_recount(bigint[])"),
        *(step for table in COUNTED for step in counting_of(table)),
        migrations.RunSQL(COUNT_ALL, migrations.RunSQL.noop),
    ]
