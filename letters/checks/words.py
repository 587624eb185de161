"""Lists of words, written as running text: a column of quotation marks reads badly."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
