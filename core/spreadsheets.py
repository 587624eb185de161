"""What somebody wrote must not run in a spreadsheet."""

from __future__ import annotations

# A cell that begins so is a formula, also behind blanks; the wide forms are read as the narrow
# ones by spreadsheets in East Asia.
FORMULA_SIGNS = tuple("=+-@＝＋－＠")
# These end a cell in some programs, and what follows begins a new one.
CELL_ENDS = ("\t", "\r", "\n")


def is_formula(cell: str) -> bool:
    return cell.startswith(CELL_ENDS) or cell.lstrip().startswith(FORMULA_SIGNS)


def harmless(cell: str) -> str:
    """The cell as text: an apostrophe in front of what a spreadsheet would take for a formula."""
    return f"'{cell}" if is_formula(cell) else cell
