"""Which rows of one list may mean one person, and must be planned one after the other."""

from __future__ import annotations

from alumni.importing.meeting import IS_NOTHING_NEW

# Rows of one list that may mean one person. A shared name is harmless where each row has an
# e-mail, or each a number: as long as none of these is shared as well. Rows that say nothing new
# are not held against each other: whoever shares a number or an e-mail with one of them has met the
# same person, or contradicts somebody else.
ODD = f"""
CREATE TEMPORARY TABLE odd ON COMMIT DROP AS
WITH usable AS NOT MATERIALIZED (
    SELECT number, nullif(external_id, '') AS external_id, nullif(lower(email), '') AS email,
        lower(name) AS name, class_year
    FROM staged WHERE is_usable
), saying AS MATERIALIZED (
    SELECT number, external_id, email FROM usable WHERE NOT EXISTS (
        SELECT FROM matched WHERE matched.number = usable.number AND {IS_NOTHING_NEW})
)
SELECT number, number AS label FROM saying WHERE external_id IN (
    SELECT external_id FROM saying WHERE external_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1)
UNION SELECT number, number FROM saying WHERE email IN (
    SELECT email FROM saying WHERE email IS NOT NULL GROUP BY 1 HAVING count(*) > 1)
UNION SELECT u.number, u.number FROM usable u JOIN (
    SELECT name, class_year FROM usable WHERE name IN (
        SELECT name FROM usable WHERE email IS NULL OR external_id IS NULL)
    GROUP BY 1, 2 HAVING count(*) > 1
    AND NOT (bool_and(email IS NOT NULL) OR bool_and(external_id IS NOT NULL))
) shared ON shared.name = u.name AND shared.class_year IS NOT DISTINCT FROM u.class_year
UNION SELECT number, number FROM matched WHERE is_odd
UNION SELECT number, number FROM matched WHERE alum_id IN (
    SELECT alum_id FROM matched GROUP BY 1 HAVING count(*) > 1)
"""  # noqa: S608 - our own names
# Rows that may mean one person get one label, the smallest number among them; repeated until
# nothing moves. A chain of rows, each sharing a key with the next, takes a round a link at worst.
SAME_LABEL = """
UPDATE odd SET label = together.label
FROM (
    SELECT number, least(
        min(label) OVER (PARTITION BY coalesce(nullif(external_id, ''), number::text || ' ')),
        min(label) OVER (PARTITION BY coalesce(nullif(lower(email), ''), number::text)),
        min(label) OVER (PARTITION BY lower(name), class_year),
        min(label) OVER (PARTITION BY coalesce(alum_id, -number))
    ) AS label
    FROM odd JOIN staged USING (number) LEFT JOIN matched USING (number)
) together
WHERE together.number = odd.number AND together.label < odd.label
"""
