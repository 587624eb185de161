"""What is to be said about a sheet as a whole, so that nothing is lost or added in silence."""

from __future__ import annotations

from collections.abc import Iterator

from alumni.importing.markup import Markup

# As a search in another sheet ends that finds nothing.
NOT_FOUND = "#N/A"
MOST_NAMED = 3


def remarks_on(markup: Markup, cells, width: int) -> Iterator[str]:
    rows = cells.iter_rows() if markup.hidden_rows else ()
    filled = sum(
        1
        for number, row in enumerate(rows, 1)
        if number in markup.hidden_rows and any(map(str, row))
    )
    if filled:
        are, they = ("row is", "it is") if filled == 1 else ("rows are", "they are")
        yield f"{filled:,} {are} hidden in the sheet, by a filter or by hand; {they} read, too."
    columns = sum(
        1
        for first, last in markup.hidden_columns
        for _ in range(max(0, first), min(last, width - 1) + 1)
    )
    if columns:
        are, they = ("column is", "it is") if columns == 1 else ("columns are", "they are")
        yield f"{columns:,} {are} hidden in the sheet; {they} read, too."
    nothing = sum(what == NOT_FOUND for row in markup.mistakes.values() for _, what in row)
    if nothing:
        say, they = ("cell says", "it is") if nothing == 1 else ("cells say", "they are")
        yield (
            f"{nothing:,} {say} {NOT_FOUND}, which means that nothing was found; {they} read "
            "as blank."
        )
    if unworked := markup.counts["unworked"]:
        hold, they = ("cell holds", "it reads") if unworked == 1 else ("cells hold", "they read")
        yield (
            f"{unworked:,} {hold} a formula that was never worked out; {they} as blank. Open the "
            "workbook in your spreadsheet program, save it, and upload that."
        )
    if notes := markup.counts["notes"]:
        stand, they = ("note stands", "it is") if notes == 1 else ("notes stand", "they are")
        yield f"{notes:,} {stand} beside cells of the sheet; {they} not read."


def remarks_on_sheets(read: str, others: list[str]) -> Iterator[str]:
    """`others` hold something, too: a sheet for each class, mostly."""
    if others:
        named = [f"“{other}”" for other in others[:MOST_NAMED]]
        if more := len(others) - len(named):
            named.append(f"{more} more")
        are = "is" if len(others) == 1 else "are"
        yield f"Only the sheet “{read}” is read; {' and '.join(named)} {are} not."
