"""docs/states.md shows the one constant; when this fails, copy the table that it prints."""

from pathlib import Path

from interviews.models import ALLOWED_MOVES, State

PAGE = Path(__file__).resolve().parents[2] / "docs" / "states.md"


def table_of_moves() -> str:
    rows = ["| from | may become |", "|---|---|"]
    for state in State:
        targets = ", ".join(to.label for to in State if to in ALLOWED_MOVES[state])
        rows.append(f"| {state.label} | {targets or 'nothing'} |")
    return "\n".join(rows)


def test_states_page_has_the_table_of_allowed_moves():
    assert table_of_moves() in PAGE.read_text()


def test_every_state_has_its_row_and_a_way_in():
    reached = set().union(*ALLOWED_MOVES.values())

    assert set(ALLOWED_MOVES) == set(State)
    assert reached == set(State)
