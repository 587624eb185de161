"""The statements of alumni/finding.py, in the order in which they run."""

from __future__ import annotations

from alumni.searching.terms import KEYS as KEYS_OF_A_WORD

DROP = "DROP TABLE IF EXISTS person, newcomer, form, key, slip, candidate, scored"


def _folded(text: str) -> str:
    marks = "[[:punct:][:space:]]"
    return f"regexp_replace(lower(public.unaccent('public.unaccent', {text})), '{marks}', '', 'g')"


# A record without parts of a name has the first and the last word of the whole.
FAMILY = r"CASE WHEN family_name <> '' THEN family_name ELSE substring(name from '(\S+)\s*$') END"
GIVEN = "split_part(CASE WHEN given_name <> '' THEN given_name ELSE name END, ' ', 1)"

PEOPLE = f"""
CREATE TEMPORARY TABLE person ON COMMIT DROP AS
SELECT id, class_year AS year, {_folded(FAMILY)} AS family, {_folded(GIVEN)} AS given,
    right(regexp_replace(phone, '\\D', '', 'g'), 10) AS number,
    lower(split_part(email, '@', 1)) AS mailbox, {_folded("employer")} AS employer
FROM alumni_alum;
ANALYZE person;
CREATE TEMPORARY TABLE form (given text, form text) ON COMMIT DROP
"""  # noqa: S608 - nothing in it comes from outside

NEWCOMERS = """
CREATE TEMPORARY TABLE newcomer ON COMMIT DROP AS
SELECT DISTINCT alum_id AS id FROM alumni_importrow
WHERE of_import_id = %(of_import)s::uuid AND outcome = 'CREATED' AND alum_id IS NOT NULL
"""

SLIPS = """
    INSERT INTO key SELECT hashtextextended(concat_ws(' ', 'slip', part, least(one, other),
        greatest(one, other), {other_part}, year), 0), 40, true, id
    FROM slip JOIN person ON {part} = one WHERE part = '{part}' AND year IS NOT NULL
"""

# Two share a key when one of them is `odd`, and no more than `most` have it. A class year has two
# keys, its own and the next, so that years next to each other share one.
KEYS = (
    """
    CREATE TEMPORARY TABLE key (key bigint, most integer, odd boolean, id bigint) ON COMMIT DROP
    """,
    """
    INSERT INTO key SELECT hashtextextended('number ' || number, 0), 4, true, id FROM person
    WHERE length(number) >= 7
    """,
    """
    INSERT INTO key SELECT hashtextextended('mailbox ' || mailbox, 0), 5, true, id FROM person
    WHERE length(mailbox) >= 5 AND mailbox <> ALL(%(common)s)
    """,
    """
    INSERT INTO key
    SELECT hashtextextended(concat_ws(' ', 'year', family, form, year + next), 0), 40, true, id
    FROM person JOIN form USING (given) CROSS JOIN (VALUES (0), (1)) AS two(next)
    WHERE year IS NOT NULL AND family <> ''
    """,
    # Somebody without a class year may be of any.
    """
    INSERT INTO key
    SELECT hashtextextended(concat_ws(' ', 'no year', family, form), 0), 40, year IS NULL, id
    FROM person JOIN form USING (given) WHERE family IN (SELECT family FROM person
    WHERE year IS NULL AND family <> '')
    """,
    # Of a name that many have, whoever works at one place; whichever way around it was written.
    """
    INSERT INTO key SELECT hashtextextended(concat_ws(' ', 'work', least(family, form),
        greatest(family, form), employer), 0), 40, true, id
    FROM person JOIN form USING (given) WHERE family <> '' AND employer <> ''
    """,
    # “B. Smith” may be any Smith with a B.
    """
    INSERT INTO key SELECT hashtextextended(
        concat_ws(' ', 'initial', family, left(given, 1), year + next), 0), 40,
        length(given) = 1, id
    FROM person CROSS JOIN (VALUES (0), (1)) AS two(next)
    WHERE year IS NOT NULL AND given <> '' AND family IN (SELECT family FROM person
    WHERE length(given) = 1 AND family <> '')
    """,
    # Names that are one slip of the keys apart, among all that somebody has.
    f"""
    CREATE TEMPORARY TABLE slip ON COMMIT DROP AS
    WITH spelled AS (
        SELECT part, word, unnest({KEYS_OF_A_WORD}) AS key FROM (
            SELECT DISTINCT 'family' AS part, family AS word FROM person WHERE length(family) > 4
            UNION ALL SELECT DISTINCT 'given', given FROM person WHERE length(given) > 4
        ) AS words
    )
    SELECT DISTINCT a.part, a.word AS one, b.word AS other FROM spelled a
    JOIN spelled b ON a.part = b.part AND a.key = b.key AND a.word <> b.word
    """,  # noqa: S608 - our own words
    "ANALYZE slip",
    # One for each part of a name: a condition on either would hold each slip against each person.
    SLIPS.format(part="family", other_part="given"),
    SLIPS.format(part="given", other_part="family"),
    "ANALYZE key",
)

_WANTED = """(%(all)s OR a.id IN (SELECT id FROM newcomer) OR b.id IN (SELECT id FROM newcomer))"""

CANDIDATES = (
    f"""
    CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
    WITH shared AS (
        SELECT key FROM key GROUP BY key
        HAVING count(*) BETWEEN 2 AND max(most) AND bool_or(odd)
    ), held AS (SELECT key.* FROM key JOIN shared USING (key))
    SELECT a.id AS one, b.id AS other FROM held a JOIN held b ON a.key = b.key
    WHERE a.id < b.id AND (a.odd OR b.odd) AND {_WANTED}
    """,  # noqa: S608
    # Two ways lead to many of them; whoever was said to be two is not looked at again.
    """
    CREATE TEMPORARY TABLE scored (one bigint, other bigint, score smallint, reasons varchar[])
    ON COMMIT DROP
    """,
    """
    DELETE FROM candidate USING alumni_duplicatepair pair
    WHERE pair.one_id = one AND pair.other_id = other AND pair.apart_at IS NOT NULL
    """,
    """
    DELETE FROM candidate c USING (
        SELECT ctid, row_number() OVER (PARTITION BY one, other) AS n FROM candidate
    ) AS same WHERE same.ctid = c.ctid AND same.n > 1
    """,
    "ANALYZE candidate",
)

# A record that went while we looked is left out. In one order, as every writer locks.
KEEP = """
INSERT INTO alumni_duplicatepair AS kept (one_id, other_id, score, reasons, found_at, of_import_id)
SELECT one, other, score, reasons, %(at)s, %(of_import)s::uuid FROM (
    SELECT *, row_number() OVER (PARTITION BY one ORDER BY score DESC, other) AS of_one,
        row_number() OVER (PARTITION BY other ORDER BY score DESC, one) AS of_other FROM scored
) AS ranked
JOIN alumni_alum a ON a.id = one JOIN alumni_alum b ON b.id = other
WHERE of_one <= %(most)s AND of_other <= %(most)s
ORDER BY one, other
ON CONFLICT (one_id, other_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons,
    found_at = excluded.found_at, of_import_id = coalesce(kept.of_import_id, excluded.of_import_id)
"""

FORGET = "DELETE FROM alumni_duplicatepair WHERE apart_at IS NULL AND found_at < %(at)s"
