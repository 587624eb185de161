"""The yardstick of the search: SQLite's FTS5 over the same people, the best 25 by bm25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.queries import Asked

PEOPLE = """
SELECT id, name, employer, job_title, array_to_string(majors || fields_of_work, ' '), city, region,
    country, class_year FROM alumni_alum
"""
BEST = "SELECT rowid FROM people WHERE people MATCH ? ORDER BY bm25(people) LIMIT 25"
AT_ONCE = 10_000


class FullText:
    def __init__(self, path: Path) -> None:
        self._lite = sqlite3.connect(path)
        self._lite.execute("PRAGMA journal_mode = off")
        self._lite.execute(
            "CREATE VIRTUAL TABLE people USING fts5(name, employer, title, studies, city, region, "
            "country, year, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._lite.executemany("INSERT INTO people (rowid, name, employer, title, studies, city, "
                               "region, country, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               _people())  # fmt: skip
        self._lite.execute("INSERT INTO people (people) VALUES ('optimize')")
        self._lite.commit()

    def best(self, asked: Asked) -> list[int]:
        return [id for (id,) in self._lite.execute(BEST, [_match(asked)])]

    def all(self, asked: Asked) -> set[int]:
        found = self._lite.execute("SELECT rowid FROM people WHERE people MATCH ?", [_match(asked)])
        return {id for (id,) in found}

    def close(self) -> None:
        self._lite.close()


def _match(asked: Asked) -> str:
    return " ".join(f'"{word}"' for word in asked.words) + ("*" if asked.is_begun else "")


def _people() -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(PEOPLE)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
