"""What the cells of one column became: the same few come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Of each column at most; then all is forgotten and learned again.
REMEMBERED = 50_000
# A value, the cell as it was written if that differs, and words that the office does not know.
Outcome = tuple[Any, str | None, tuple[tuple[str, str], ...]]
SAYS_NOTHING: Outcome = (None, None, ())


class Remembered(dict):
    """What each cell of a column became. A missing one is found out; an odd one is not kept."""

    def __init__(self, find_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self.find_out = find_out

    def __missing__(self, cell: Any) -> Any:
        outcome = self.find_out(cell)
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = outcome
        return outcome
