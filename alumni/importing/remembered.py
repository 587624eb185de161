"""Cells that come again and again: majors, years, employers, cities. Each is read once.

What a cell becomes does not depend on its row, so a group of columns that are read together (one,
mostly) remembers what its cells became, ready for COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from alumni.importing import cells, places, willing
from alumni.importing.cells import BadCell, is_clear, one_line, said
from alumni.importing.clean_row import is_same
from alumni.importing.exact import ExactReader
from alumni.importing.fields import LENGTHS, LIST_ITEM_LENGTH
from alumni.importing.folding import EMPLOYER, key_of
from alumni.importing.staged_line import UNSAID, as_json_pair, as_text
from alumni.importing.terms import terms_in

# Of each group at most; then all is forgotten and learned again.
REMEMBERED = 50_000
# In letters: one that is longer does not come again.
LONGEST_REMEMBERED = 1_000


class Odd(Exception):
    """Not plain: the exact reader's."""


# For COPY the text of each field, None where the cells are the exact reader's; then the cells as
# written where they differ, as the inside of a JSON object; then words that the office has not.
Outcome = tuple[Any, ...]


class Group(dict):
    """Some columns, the fields that they fill, and what their cells became so far."""

    def __init__(
        self, indexes: list[int], fields: tuple[str, ...], find_out: Callable[..., Outcome]
    ) -> None:
        super().__init__()
        self.indexes, self.fields, self.find_out = indexes, fields, find_out
        # Most groups never say more than their texts.
        self.has_written = self.has_unmatched = False

    def __missing__(self, key: str | tuple[str, ...]) -> Outcome:
        given = (key,) if isinstance(key, str) else key
        try:
            outcome = self.find_out(*given)
        except (Odd, BadCell):
            return (*[None] * len(self.fields), "", ())
        *_, written, unmatched = outcome
        self.has_written |= bool(written)
        self.has_unmatched |= bool(unmatched)
        if sum(map(len, given)) <= LONGEST_REMEMBERED:
            if len(self) >= REMEMBERED:
                self.clear()
            self[key] = outcome
        return outcome

    def read(self, columns: Sequence[Sequence[str]]) -> list[Outcome]:
        keys, *more = (columns[index] for index in self.indexes)
        together: Iterable[Any] = zip(keys, *more, strict=True) if more else keys
        return list(map(self.__getitem__, together))


class Groups:
    """The groups of one list; `exact` has the rules."""

    def __init__(self, exact: ExactReader) -> None:
        self.exact = exact

    def alone(self, index: int, name: str) -> Group:
        def find_out(cell: str) -> Outcome:
            if not (text := self._text(index, cell)):
                return UNSAID, "", ()
            value = self._clean(name, text)
            if name in LENGTHS and len(value) > LENGTHS[name]:
                raise Odd
            is_kept = name in (EMPLOYER, "class_year") and not is_same(value, text)
            return as_text(value), as_json_pair(name, text) if is_kept else "", ()

        return Group([index], (name,), find_out)

    def consent(self, columns: list[tuple[int, str]]) -> Group:
        """From columns that say yes, that say “do not”, that name the dead."""

        def find_out(*given: str) -> Outcome:
            told: dict[str, list[str]] = {}
            for (index, name), cell in zip(columns, given, strict=True):
                if text := self._text(index, cell):
                    told.setdefault(name, []).append(text)
            if any(willing.remarks_on(told)):
                raise Odd
            return willing.consent_of(told, otherwise=self.exact.default_consent), "", ()

        return Group([index for index, _ in columns], ("consent",), find_out)

    def listed(self, indexes: list[int], name: str) -> Group:
        """Majors or fields of work, from as many columns as there are."""

        def find_out(*given: str) -> Outcome:
            found: dict[str, None] = {}
            unmatched: dict[tuple[str, str], None] = {}
            written: list[str] = []
            for index, cell in zip(indexes, given, strict=True):
                if not self._text(index, cell):
                    continue
                words, unknown, is_changed = terms_in(cell, name, self.exact.vocabulary)
                if not words:
                    raise Odd
                found.update(dict.fromkeys(words))
                unmatched.update(dict.fromkeys((name, word) for word in unknown))
                if is_changed:
                    written.append(one_line(cell))
            if any(len(word) > LIST_ITEM_LENGTH for word in found):
                raise Odd
            pair = as_json_pair(name, "; ".join(written)) if written else ""
            return as_text(list(found) or None), pair, tuple(unmatched)

        return Group(indexes, (name,), find_out)

    def place(self, at: dict[str, int]) -> Group:
        """A state is read by its country: both together are one cell to remember."""
        names: list[str] = [name for name in ("region", "country") if name in at]

        def find_out(*given: str) -> Outcome:
            told = {
                name: self._text(at[name], cell) for name, cell in zip(names, given, strict=True)
            }
            if "country" in at and places.NAMIBIA in given[-1:]:
                raise Odd
            country, code = self.exact.country_of(told.get("country", ""))
            found: dict[str, str] = {
                "country": country,
                "region": places.region_of(told.get("region", ""), code),
            }
            if any(len(value) > LENGTHS[name] for name, value in found.items()):
                raise Odd
            pairs = [
                as_json_pair(name, told[name])
                for name, value in found.items()
                if value and not is_same(value, told[name])
            ]
            return (*(as_text(found[name] or None) for name in names), "".join(pairs), ())

        return Group([at[name] for name in names], tuple(names), find_out)

    def _text(self, index: int, cell: str) -> str:
        """Blank where it says nothing."""
        text = said(cell)
        if cell.casefold() == self.exact.headings[index] or is_clear(text):
            raise Odd
        return text

    def _clean(self, name: str, text: str) -> Any:
        if name == "class_year":
            return cells.clean_class_year(text, this_year=self.exact.this_year)
        if name == EMPLOYER:
            known = self.exact.vocabulary.get(EMPLOYER, {})
            return known.get(key_of(EMPLOYER, text), text) if known else text
        if name == "paused_until":
            return self.exact.day_of(text)
        clean = {"ask_by": cells.clean_ask_by, "requests_per_month": cells.clean_requests}
        return clean[name](text) if name in clean else text
