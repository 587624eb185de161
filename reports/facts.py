"""What one student did, by part of the calendar: every definition of docs/reports.md, once.

Deeds have local dates already; moments fall on the day that the student's calendar showed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from psycopg import sql

from contacts.models import Contact, Interaction
from reports.measures import SUMS

Outcome = Interaction.Outcome
# Said by the other side, also where the student logged a call of their own.
ANSWERS = [
    Outcome.AGREED, Outcome.DECLINED, Outcome.TALKED_NOW, Outcome.BAD_TIME, Outcome.REFERRED,
    Outcome.KNOWS_NOBODY, Outcome.LEAD,
]  # fmt: skip

# `done` has a row for each deed: of whom, on which day, what, and how much of it. A name of None
# is a deed that is counted by nothing but the day.
COUNT = sql.SQL("""
WITH who AS (
    SELECT id, time_zone FROM accounts_user WHERE role = 'STUDENT' AND {who}
), people AS (
    SELECT contact.id, contact.student_id, who.time_zone, contact.created_at,
        contact.referred_by_id IS NOT NULL OR contact.source = %(by_referral)s AS is_named
    FROM contacts_contact contact JOIN who ON who.id = contact.student_id
), log AS (
    SELECT people.student_id, entry.*
    FROM contacts_interaction entry JOIN people ON people.id = entry.contact_id
), asked AS (
    SELECT student_id, contact_id, min(happened_on) AS asked_on FROM log
    WHERE outcome = 'ASKED' AND direction = 'OUT' GROUP BY student_id, contact_id
), replied AS (
    SELECT asked.student_id, asked.asked_on, min(log.happened_on) - asked.asked_on AS days
    FROM asked JOIN log USING (contact_id)
    WHERE log.happened_on >= asked.asked_on
        AND (log.direction = 'IN' OR log.outcome = ANY(%(answers)s))
    GROUP BY asked.student_id, asked.contact_id, asked.asked_on
), talk AS (
    SELECT people.student_id, talk.*, debrief.interest_after
    FROM interviews_interview talk JOIN people ON people.id = talk.contact_id
    LEFT JOIN interviews_debrief debrief ON debrief.interview_id = talk.id
    WHERE talk.held_on IS NOT NULL
), review AS (
    SELECT people.student_id, (review.asked_at AT TIME ZONE people.time_zone)::date AS asked_on,
        extract(epoch FROM review.answered_at - review.asked_at)::bigint AS seconds
    FROM letters_letterreview review JOIN letters_letter letter ON letter.id = review.letter_id
    JOIN people ON people.id = letter.contact_id
), done (student_id, day, is_deed, name, amount) AS (
    SELECT student_id, (created_at AT TIME ZONE time_zone)::date, true,
        CASE WHEN is_named THEN 'named' END, 1 FROM people
    UNION ALL SELECT student_id, happened_on, true, NULL, 0 FROM log
    UNION ALL SELECT student_id, called_on, true, NULL, 0 FROM log WHERE called_on IS NOT NULL
    UNION ALL SELECT student_id, asked_on, true, 'asked', 1 FROM asked
    UNION ALL SELECT student_id, asked_on, true, each.name, each.amount
        FROM replied, LATERAL (VALUES ('replied', 1), ('reply_days', days)) each (name, amount)
    UNION ALL SELECT student_id, held_on, true, each.name, each.amount
        FROM talk, LATERAL (VALUES
            ('held', 1),
            ('thanked', (thanked_on <= thank_you_last_on)::int),
            ('kept', (followed_up_on IS NOT NULL)::int)) each (name, amount)
    UNION ALL SELECT student_id, held_on, true, each.name, each.amount
        FROM talk, LATERAL (VALUES
            ('rated', 1),
            ('interest_before', interest_before::int),
            ('interest_after', interest_after::int)) each (name, amount)
        WHERE interest_before IS NOT NULL AND interest_after IS NOT NULL
    UNION ALL SELECT student_id, thanked_on, true, NULL, 0 FROM talk WHERE thanked_on IS NOT NULL
    UNION ALL SELECT student_id, followed_up_on, true, NULL, 0
        FROM talk WHERE followed_up_on IS NOT NULL
    UNION ALL SELECT student_id, asked_on, false, 'reviews', 1 FROM review
    UNION ALL SELECT student_id, asked_on, false, each.name, each.amount
        FROM review, LATERAL (VALUES ('answered', 1), ('review_seconds', seconds))
            each (name, amount)
        WHERE seconds IS NOT NULL
)
INSERT INTO reports_fact (student_id, part_on, is_active, {columns})
SELECT student_id, (%(cuts)s::date[])[width_bucket(day, %(cuts)s::date[])] AS part_on,
    bool_or(is_deed), {sums}
FROM done GROUP BY student_id, part_on
RETURNING part_on
""")
ONE_SUM = sql.SQL("coalesce(sum(amount) FILTER (WHERE name = {}), 0)")
EVERYBODY, SOME = sql.SQL("true"), sql.SQL("id = ANY(%(students)s)")


def count_again(*, students: Sequence[int] | None, cuts: Sequence[date]) -> set[date]:
    """Make the facts of these students anew, of everybody where none are named.

    Returns the parts in which something was, or now is.
    """
    values: dict[str, Any] = {
        "students": list(students or ()),
        "cuts": list(cuts),
        "answers": ANSWERS,
        "by_referral": Contact.Source.REFERRAL,
    }
    statement = COUNT.format(
        who=EVERYBODY if students is None else SOME,
        columns=sql.SQL(", ").join(map(sql.Identifier, SUMS)),
        sums=sql.SQL(", ").join(ONE_SUM.format(sql.Literal(name)) for name in SUMS),
    )
    gone = sql.SQL("DELETE FROM reports_fact WHERE {} RETURNING part_on").format(
        EVERYBODY if students is None else sql.SQL("student_id = ANY(%(students)s)")
    )
    parts: set[date] = set()
    with connection.cursor() as cursor:
        for each in (gone, statement):
            cursor.execute(each, values)
            parts |= {part_on for (part_on,) in cursor}
    return parts
