"""The office keeps its words: each change goes through the directory, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from alumni import vocabulary
from alumni.importing.folding import key_of
from alumni.models import Alum, Kind, Term, UnknownWord
from alumni.searching import terms


class SpellingTaken(Exception):
    """Another term has this spelling; the message says which."""


class NotOneKind(Exception):
    """A major and an employer are never one word."""


@transaction.atomic
def keep_term(term: Term, *, at: datetime) -> int:
    """Add a term or change it. How many people's records now say it so."""
    _lock(term.kind)
    term.name = " ".join(term.name.split())
    was = Term.objects.get(pk=term.pk).name if term.pk else ""
    term.spellings = _spellings(term, [*term.spellings, *([was] if was != term.name else [])])
    _refuse_taken(term)
    term.save()
    changed = _say_so(term, at)
    _forget_unknown(term)
    vocabulary.count_uses([term])
    # One of them has all of the term's words for the search to learn.
    one = Alum.objects.filter(**_said_by(term)).order_by().values("pk")[:1]
    terms.learn(Alum.objects.filter(pk__in=one))
    return changed


@transaction.atomic
def remove_term(term: Term) -> None:
    """People keep the word as it stands in their records."""
    _lock(term.kind)
    term.delete()


@transaction.atomic
def merge_terms(kept: Term, gone: Term, *, at: datetime) -> int:
    """`gone` and its spellings become spellings of `kept`, also in the directory."""
    _lock(kept.kind)
    if kept.kind != gone.kind or kept.pk == gone.pk:
        raise NotOneKind
    kept.spellings = _spellings(kept, [*kept.spellings, gone.name, *gone.spellings])
    gone.delete()
    return keep_term(kept, at=at)


@transaction.atomic
def take_as_term(unknown: UnknownWord, *, at: datetime) -> Term:
    term = Term(kind=unknown.kind, name=unknown.word)
    keep_term(term, at=at)
    return term


@transaction.atomic
def take_as_spelling(unknown: UnknownWord, *, of: Term, at: datetime) -> int:
    if unknown.kind != of.kind:
        raise NotOneKind
    of.spellings = [*of.spellings, unknown.word]
    return keep_term(of, at=at)


@transaction.atomic
def dismiss(unknown: UnknownWord) -> None:
    UnknownWord.objects.filter(pk=unknown.pk).update(is_dismissed=True)


def _said_by(term: Term) -> dict[str, Any]:
    """The condition for people whose record has the term."""
    is_list = term.kind != Kind.EMPLOYER
    return {
        f"{term.kind}__contains" if is_list else term.kind: [term.name] if is_list else term.name
    }


def _lock(kind: str) -> None:
    """One change at a time: two could give one spelling to two terms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"vocabulary {kind}"])


def _spellings(term: Term, words: Iterable[str]) -> list[str]:
    """Each once, the term itself not among them."""
    kept: dict[str, str] = {}
    for word in (" ".join(one.split()) for one in words):
        if word and word != term.name:
            kept.setdefault(word.casefold(), word)
    return list(kept.values())


def _refuse_taken(term: Term) -> None:
    mine = {key_of(term.kind, word): word for word in (*term.spellings, term.name)}
    for other in Term.objects.filter(kind=term.kind).exclude(pk=term.pk):
        for word in (other.name, *other.spellings):
            if taken := mine.get(key_of(term.kind, word)):
                raise SpellingTaken(
                    f"“{taken}” belongs to “{other.name}” already. Take it away there, or merge "
                    "the two."
                )


def _say_so(term: Term, at: datetime) -> int:
    """In every record: the term where one of its spellings stands."""
    column = Kind(term.kind).value
    if not term.spellings:
        return 0
    if term.kind == Kind.EMPLOYER:
        query = (
            f"UPDATE alumni_alum SET {column} = %(name)s, updated_at = %(at)s "  # noqa: S608
            f"WHERE {column} = ANY(%(spellings)s)"
        )
    else:
        # Whoever had both words has the term once, where the first of them stood.
        query = (
            f"UPDATE alumni_alum SET updated_at = %(at)s, {column} = ("  # noqa: S608
            "SELECT array_agg(word ORDER BY place) FROM (SELECT word, min(place) AS place FROM ("
            "SELECT CASE WHEN said = ANY(%(spellings)s) THEN %(name)s ELSE said END AS word, place "
            f"FROM unnest({column}) WITH ORDINALITY AS one(said, place)) AS said "
            "GROUP BY word) AS once) "
            f"WHERE {column} && %(spellings)s::varchar[]"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, {"name": term.name, "spellings": term.spellings, "at": at})
        return cursor.rowcount


def _forget_unknown(term: Term) -> None:
    keys = {key_of(term.kind, word) for word in (term.name, *term.spellings)}
    known = [
        unknown.pk
        for unknown in UnknownWord.objects.filter(kind=term.kind).only("word", "kind")
        if key_of(term.kind, unknown.word) in keys
    ]
    UnknownWord.objects.filter(pk__in=known).delete()
