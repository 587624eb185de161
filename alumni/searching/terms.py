"""The words in use in the directory."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection
from rapidfuzz.distance import OSA

from alumni.models import AlumQuerySet
from core import statements

# Meanings of one mistyped word that are looked for together.
MOST_MEANINGS = 12
# A beginning that no more words than these share is looked for as the words themselves, which the
# index intersects far quicker.
MOST_FORMS = 12
# So many words are looked at before the best are taken; a short word has many neighbors.
MOST_NEIGHBORS = 400
# A word that so many people have is known to be beyond counting without its neighbors.
MULTITUDE = 20_000


class Word(NamedTuple):
    """A word as the search document spells it, and about how many people have one like it."""

    spelling: str
    beginning: int
    exactly: int
    # All words that begin with it, where they are few.
    forms: tuple[str, ...] = ()
    # Where they are many, the one that most people have, if those are a multitude.
    commonest: str = ""


def learn(people: AlumQuerySet) -> int:
    """Take in the words of these people: after an import, an edit, a merge. One statement.

    A word that nobody has any more may stay, for it finds nobody. Returns the number of words.
    In the order of words, so that two who learn at once cannot wait for each other.
    """
    documents = people.order_by().values("search").query.sql_with_params()
    text = connection.ops.compose_sql(*documents)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [text])
        return cursor.rowcount


# What alum_term_keys() says, written out: called for each of a hundred thousand words, the function
# would take ten times as long. A key that stands there twice does no harm.
KEYS = """
CASE WHEN length(word) BETWEEN 3 AND 30 AND word ~ '^[[:alpha:]]+$' THEN ARRAY(
    SELECT left(word, place - 1) || substr(word, place + 1)
    FROM generate_series(1, length(word) + 1) AS place
) ELSE '{}' END
"""
# The keys of a word that is known stand there already.
LEARN = f"""
INSERT INTO alumni_searchterm (word, people, keys)
SELECT word, ndoc, CASE WHEN EXISTS (SELECT FROM alumni_searchterm known
    WHERE known.word = found.word COLLATE "C") THEN '{{}}' ELSE {KEYS} END
FROM ts_stat(%s) AS found ORDER BY word COLLATE "C"
ON CONFLICT (word) DO UPDATE SET people = alumni_searchterm.people + excluded.people
"""  # noqa: S608 - our own words


def look_up(chunks: list[str]) -> list[Word]:
    """The words in what was typed, with accents and case folded as in the search document."""
    if not chunks:
        return []
    found = statements.fetch(LOOK_UP, {"chunks": chunks})
    return [_word(*row) for row in found]


def _word(spelling: str, beginning: int, exactly: int, forms: list[str], commonest: str) -> Word:
    if len(forms) <= MOST_FORMS:
        return Word(spelling, beginning, exactly, tuple(forms))
    return Word(spelling, beginning, exactly, commonest=commonest)


BEGUN = "word >= spelling AND word < spelling || chr(1114111)"
LOOK_UP = f"""
WITH asked AS (
    SELECT DISTINCT ON (spelling) spelling, place FROM unnest(%(chunks)s::text[]) WITH ORDINALITY
        AS chunk(words, place), unnest(tsvector_to_array(to_tsvector('pg_catalog.simple',
        public.unaccent('public.unaccent', words)))) AS spelling ORDER BY spelling, place
)
SELECT spelling, begun.people,
    (SELECT coalesce(max(people), 0) FROM alumni_searchterm WHERE word = spelling),
    ARRAY(SELECT word FROM alumni_searchterm WHERE {BEGUN} ORDER BY word LIMIT {MOST_FORMS + 1}),
    coalesce(begun.commonest, '')
FROM asked, LATERAL (
    SELECT coalesce(sum(people), 0)::bigint AS people,
        (array_agg(word ORDER BY people DESC) FILTER (WHERE people > {MULTITUDE}))[1] AS commonest
    FROM (SELECT word, people FROM alumni_searchterm WHERE {BEGUN} LIMIT 2000) AS some_of_them
) AS begun
ORDER BY place, spelling
"""  # noqa: S608 - our own words


def meanings(spellings: list[str]) -> dict[str, list[str]]:
    """For each word those one slip away: a letter too many, too few, wrong, or two swapped."""
    found: dict[str, list[str]] = {spelling: [] for spelling in spellings}
    for spelling, word in statements.fetch(NEAR, {"spellings": spellings}):
        if word != spelling and OSA.distance(spelling, word, score_cutoff=1) <= 1:
            found[spelling].append(word)
    return {spelling: words[:MOST_MEANINGS] for spelling, words in found.items()}


NEAR = f"""
SELECT spelling, near.word FROM unnest(%(spellings)s::text[]) AS spelling, LATERAL (
    SELECT word, people FROM alumni_searchterm WHERE keys && alum_term_keys(spelling)
    ORDER BY people DESC LIMIT {MOST_NEIGHBORS}
) AS near ORDER BY near.people DESC
"""  # noqa: S608 - our own words
