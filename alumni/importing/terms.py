"""Majors and fields of one cell, as the office says them."""

from __future__ import annotations

from alumni.importing import cells
from alumni.importing.fields import LIST_ITEM_LENGTH
from alumni.importing.folding import Vocabulary, key_of


def terms_in(cell: str, kind: str, vocabulary: Vocabulary) -> tuple[list[str], list[str], bool]:
    """The words of the cell, those that the office does not know, and whether one was changed."""
    known = vocabulary.get(kind)
    if not known:
        return list(cells.split_list(cell)), [], False
    if whole := known.get(key_of(kind, cell)):
        return [whole], [], whole.casefold() != cells.one_line(cell).casefold()
    found, unknown, is_changed = [], [], False
    for word in cells.split_list(cell):
        term = known.get(key_of(kind, word))
        found.append(term or word)
        if term is None and len(word) <= LIST_ITEM_LENGTH:
            unknown.append(word)
        is_changed |= term is not None and term.casefold() != word.casefold()
    return found, unknown, is_changed
