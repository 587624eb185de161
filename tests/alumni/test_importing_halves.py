"""A long list is cleaned by two processes, and comes out as if one had read it."""

import subprocess
import sys
from collections import Counter

import pytest

from alumni.importing.halves import BLOCK, LONG_BYTES
from alumni.importing.listing import Listing
from alumni.importing.mapping import propose_mapping
from alumni.importing.reader import Reading, look_at
from alumni.importing.rows import RowReader
from alumni.importing.sandbox import ROOT, read_in_child
from alumni.importing.staged_line import staged_line

VOCABULARY = {"majors": {"economics": "Economics", "econ": "Economics"}}
ROWS = 3 * BLOCK + 7


@pytest.fixture(scope="module")
def long_list(tmp_path_factory):
    """With blank rows, cells on two lines, a year that is none, and a quotation mark left open."""
    path = tmp_path_factory.mktemp("list") / "long.csv"
    filling = "x" * (LONG_BYTES // ROWS)
    lines = ["Name,Class Year,Majors,City,Notes\n"]
    for number in range(1, ROWS + 1):
        year = "soon" if number % 2_999 == 0 else 1950 + number % 70
        city = '"Had\nley"' if number % 1_000 == 0 else "Hadley"
        major = ("Econ", "Falconry")[number % 2]
        lines.append(f"Ann{'abcdefgh'[number % 8]} Lee,{year},{major},{city},{filling}\n")
        if number % 4_000 == 0:
            lines.append("\n")
        if number == 2 * BLOCK:
            lines.append('"Ben Open,1990,Econ,Hadley,\n')
    path.write_text("".join(lines))
    assert path.stat().st_size > LONG_BYTES
    return path


def test_two_halves_say_what_one_reader_says(long_list):
    table = look_at(long_list, file_name="long.csv", reading=Reading(), at_most=500)
    mapping = propose_mapping(table)
    job = {
        "file_name": "long.csv", "sheet": None, "header_row": table.header_row,
        "mapping": mapping.to_json(), "this_year": 2026, "corrections": {"9": None},
        "vocabulary": VOCABULARY,
    }  # fmt: skip
    rows, problems, end = [], [], {}
    for kind, what in read_in_child(long_list, job):
        if kind == "rows":
            rows.append(what)
        elif "problem" in what:
            problems.append(what["problem"][0])
        elif "end" in what:
            end = what["end"]

    lines, unknown, blank = _read_by_one(long_list, table, mapping)
    assert sorted(b"".join(rows).decode().splitlines(keepends=True)) == sorted(lines)
    assert end["rows"] == len(lines)
    assert end["blank"] == blank == 3
    assert {tuple(word): count for *word, count in end["unknown"]} == unknown
    assert len(problems) == len(set(problems)) == 7


def _read_by_one(path, table, mapping):
    listing = Listing(path, file_name="long.csv", reading=table.reading)
    reader = RowReader(listing.table, mapping, this_year=2026, vocabulary=VOCABULARY)
    lines, unknown = [], Counter()
    for record in listing:
        if record.number == 9:
            record = record._replace(problem="You left this row out.")
        row = reader.read(record)
        lines.append(staged_line(row))
        unknown.update(row.unmatched)
    return lines, unknown, listing.blank_count


@pytest.mark.parametrize(
    ("work", "comes_to"),
    [
        ("return [half.which, half.of]", "[1, 2]"),
        ("raise MemoryError", "MemoryError"),
        ("os.kill(os.getpid(), 9)", "MemoryError"),
        ("raise KeyError", "RuntimeError"),
    ],
    ids=["it ends", "no memory", "killed by a limit", "a mistake of ours"],
)
def test_second_half_that_dies_is_not_taken_for_done(work, comes_to):
    program = (
        "import os\nfrom alumni.importing.halves import Other\n"
        f"def work(half):\n    {work}\n"
        "try:\n    print(Other(work).heard())\n"
        "except Exception as error:\n    print(type(error).__name__)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == comes_to
