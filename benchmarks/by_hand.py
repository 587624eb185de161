"""A report counted from the rows as they stand, a statement for each number: nothing made ahead.

It knows nothing of reports/facts.py. The benchmark takes it as the yardstick, and the tests hold
every number of a page against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from benchmarks.database import fetch

GROUP = {
    "class": "coalesce(p.class_year::text, '')",
    "major": "lower(trim(coalesce(p.majors[1], '')))",
    "field": "lower(trim(coalesce(p.fields_of_interest[1], '')))",
}
OF = """
    JOIN contacts_contact c ON c.id = {row}.contact_id
    JOIN accounts_user u ON u.id = c.student_id AND u.role = 'STUDENT'
    LEFT JOIN accounts_studentprofile p ON p.student_id = u.id
"""
LOG = "contacts_interaction i" + OF.format(row="i")
TALKS = "interviews_interview t" + OF.format(row="t")
ADDED = """
    contacts_contact c JOIN accounts_user u ON u.id = c.student_id AND u.role = 'STUDENT'
    LEFT JOIN accounts_studentprofile p ON p.student_id = u.id
"""
REVIEWS = "letters_letterreview r JOIN letters_letter l ON l.id = r.letter_id" + OF.format(row="l")
WITHIN = "BETWEEN %(first)s AND %(last)s"
ADDED_ON = "timezone(u.time_zone, c.created_at)::date"
SENT_ON = "timezone(u.time_zone, r.asked_at)::date"
ACTIVE = " UNION ".join(
    f"SELECT u.id, {{group}} AS g FROM {source} WHERE {day} {WITHIN}"
    for source, day in [
        (ADDED, ADDED_ON), (LOG, "i.happened_on"), (LOG, "i.called_on"), (TALKS, "t.held_on"),
        (TALKS, "CASE WHEN t.held_on IS NOT NULL THEN t.thanked_on END"),
        (TALKS, "CASE WHEN t.held_on IS NOT NULL THEN t.followed_up_on END"),
    ]
)  # fmt: skip
# Each contact's first request, and the first answer from that day on.
FIRST = f"""
    SELECT {{group}} AS g, first.on_day, (
        SELECT min(a.happened_on) FROM contacts_interaction a
        WHERE a.contact_id = first.contact_id AND a.happened_on >= first.on_day
            AND (a.direction = 'IN' OR a.outcome IN ('AGREED', 'DECLINED', 'TALKED_NOW',
                'BAD_TIME', 'REFERRED', 'KNOWS_NOBODY', 'LEAD'))) AS answer_on
    FROM (SELECT contact_id, min(happened_on) AS on_day FROM contacts_interaction
          WHERE outcome = 'ASKED' AND direction = 'OUT' GROUP BY contact_id) first
    {OF.format(row="first")} WHERE first.on_day {WITHIN}
"""
RATED = "LEFT JOIN interviews_debrief d ON d.interview_id = t.id"
BOTH = "t.interest_before IS NOT NULL AND d.interest_after IS NOT NULL"
STATEMENTS = {
    ("active",): f"SELECT g, count(DISTINCT id) FROM ({ACTIVE}) x GROUP BY g",
    ("asked", "replied", "reply_days"): f"""
        SELECT g, count(*), count(answer_on), sum(answer_on - on_day)
        FROM ({FIRST}) x GROUP BY g""",
    ("held", "thanked", "kept"): f"""
        SELECT {{group}}, count(*), count(*) FILTER (WHERE t.thanked_on <= t.thank_you_last_on),
            count(t.followed_up_on)
        FROM {TALKS} WHERE t.held_on {WITHIN} GROUP BY 1""",
    ("rated", "interest_before", "interest_after"): f"""
        SELECT {{group}}, count(*), sum(t.interest_before), sum(d.interest_after)
        FROM {TALKS} {RATED} WHERE t.held_on {WITHIN} AND {BOTH} GROUP BY 1""",
    ("named",): f"""
        SELECT {{group}}, count(*) FROM {ADDED}
        WHERE {ADDED_ON} {WITHIN} AND (c.referred_by_id IS NOT NULL OR c.source = 'REFERRAL')
        GROUP BY 1""",
    ("reviews", "answered", "review_seconds"): f"""
        SELECT {{group}}, count(*), count(r.answered_at),
            sum(extract(epoch FROM r.answered_at - r.asked_at)::bigint)
        FROM {REVIEWS} WHERE {SENT_ON} {WITHIN} GROUP BY 1""",
}
HELPED = f"""
    SELECT least(times, 3)::text, count(*) FROM (
        SELECT c.alum_id, count(*) AS times FROM interviews_interview t
        JOIN contacts_contact c ON c.id = t.contact_id
        WHERE t.held_on {WITHIN} AND c.alum_id IS NOT NULL GROUP BY c.alum_id) x
    GROUP BY 1
"""


def count(slice: str, first_on: date, last_on: date) -> dict[str, dict[str, int]]:
    """By group, the numbers of one period, none of them hidden."""
    days = {"first": first_on, "last": last_on}
    found: dict[str, dict[str, int]] = {}
    for names, statement in STATEMENTS.items():
        for group, *numbers in fetch(statement.format(group=GROUP[slice]), days):
            of_group = found.setdefault(group, {})
            of_group |= {name: int(n or 0) for name, n in zip(names, numbers, strict=True)}
    return found


def total(counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Everybody: each student stands in one group."""
    names = {name for numbers in counted.values() for name in numbers}
    return {name: sum(n.get(name, 0) for n in counted.values()) for name in names}


def helped(first_on: date, last_on: date) -> dict[str, Any]:
    return dict(fetch(HELPED, {"first": first_on, "last": last_on}))
