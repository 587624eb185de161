"""The office's words as the importer reads them, and how its lists were matched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from datetime import datetime

from django.db import connection

from alumni.importing.folding import Vocabulary, key_of
from alumni.importing.mapping import Mapping, fingerprint, headings_of
from alumni.importing.table import Table
from alumni.models import Kind, ListSource, Term


def as_dict() -> Vocabulary:
    """kind → folded spelling → term. A term's own name is stronger than another's spelling."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    terms = list(Term.objects.order_by("pk").values_list("kind", "name", "spellings"))
    for kind, name, spellings in terms:
        for spelling in spellings:
            words[kind].setdefault(key_of(kind, spelling), name)
    for kind, name, _ in terms:
        words[kind][key_of(kind, name)] = name
    return dict(words)


def note_unknown(counts: AnyMapping[tuple[str, str], int], *, at: datetime) -> None:
    """Add what an import found: (kind, word) to the number of rows that say it."""
    rows = [(kind, word[:200], count) for (kind, word), count in sorted(counts.items())]
    if not rows:
        return
    kinds, words, numbers = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alumni_unknownword (kind, word, count, last_seen_at, is_dismissed) "
            "SELECT kind, word, sum(count), %s, false "
            "FROM unnest(%s::text[], %s::text[], %s::int[]) AS found(kind, word, count) "
            "GROUP BY kind, word "
            "ON CONFLICT (kind, word) DO UPDATE SET last_seen_at = excluded.last_seen_at, "
            "count = alumni_unknownword.count + excluded.count",
            [at, kinds, words, numbers],
        )


def count_uses(terms: list[Term] | None = None) -> None:
    """How many people have each term; one pass over the directory for each kind."""
    kept = list(Term.objects.all()) if terms is None else terms
    for kind in {term.kind for term in kept}:
        of_kind = [term for term in kept if term.kind == kind]
        uses = _uses(kind, [term.name for term in of_kind])
        for term in of_kind:
            term.used_by = uses[term.name]
        Term.objects.bulk_update(of_kind, ["used_by"])


def _uses(kind: str, names: list[str]) -> Counter[str]:
    column = Kind(kind).value
    # The column is one of three names of ours; the words travel as a parameter.
    query = (
        f"SELECT {column}, count(*) FROM alumni_alum WHERE {column} = ANY(%s) GROUP BY 1"  # noqa: S608
        if kind == Kind.EMPLOYER
        # Few majors go together in many ways: they are counted before they are taken apart.
        else f"SELECT word, sum(people)::int FROM (SELECT {column}, count(*) AS people "  # noqa: S608
        f"FROM alumni_alum GROUP BY 1) AS alike, unnest({column}) AS word "
        f"WHERE word = ANY(%s) GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [names])
        return Counter(dict(cursor.fetchall()))


def remember(mapping: Mapping, table: Table, *, at: datetime) -> None:
    """Keep which heading went where, for the next list with the same headings."""
    if not (key := fingerprint(table)):
        return
    columns = {
        heading: mapping.columns[index]
        for index, heading in headings_of(table).items()
        if index in mapping.columns
    }
    ListSource.objects.update_or_create(
        fingerprint=key,
        defaults={"columns": columns, "country": mapping.country, "confirmed_at": at},
    )


def recall(table: Table, proposed: Mapping) -> Mapping | None:
    """`proposed` with the columns as staff matched them last time; None for a new source."""
    key = fingerprint(table)
    source = ListSource.objects.filter(fingerprint=key).first() if key else None
    if source is None:
        return None
    columns = {
        index: source.columns[heading]
        for index, heading in headings_of(table).items()
        if heading in source.columns
    }
    return replace(proposed, columns=columns, country=source.country)
