"""Letters that were wrong before a list came here: mended or told, and right ones left alone."""

import pytest

from alumni.importing.garbled import is_suspect, look_at
from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import RowReader
from alumni.importing.staged_line import COLUMNS
from tests.alumni.test_importing_rows import clean

NAMES = [
    "José Núñez", "Zoë Weiß", "Łukasz Świątek", "Øystein Åsa", "Ștefan Ionuț", "Dvořák", "Őri",
    "Γιώργος", "Иван Пётр", "豊田太郎", "محمد", "İstanbul", "Þórður", "Nguyễn Văn", "Çağrı",
]  # fmt: skip


def wrongly(name: str, encoding: str) -> str:
    """UTF-8 that a program took for its own encoding, and saved again."""
    return name.encode().decode(encoding)


@pytest.mark.parametrize("encoding", ["latin-1", "mac_roman"])
@pytest.mark.parametrize("name", NAMES)
def test_utf8_read_as_something_else_is_read_as_it_was_meant(name, encoding):
    garbled = wrongly(name, encoding)

    assert look_at(garbled, is_name=True) == (
        name, [f"“{garbled}” came garbled, and we read it as “{name}”."]
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *NAMES, "SÃO PAULO", "IRMÃ", "VÂNIA GONÇALVES", "JOÃO", "Côté – Noël", "O’Brien", "“Bob”",
        "CafÃ", "l’école", "d‘école", "Anna—Élise", "«Élan»", "“été”", "À…", "Malmö © 2020",
        "½ day", "R&D; Sales", "AT&T", "Who's Next?", "Any questions? Ask",
        "https://example.org/watch?v=1", "example.org/?page=2&amp=1", "A&B;C",
    ],
)  # fmt: skip
def test_right_letters_stay_as_they_are_without_a_word(text):
    assert look_at(text) == (text, [])


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Smith &amp; Sons", "Smith & Sons"), ("Jos&eacute; &#321;", "José Ł"),
        ("O&#39;Neil", "O'Neil"),
    ],
)  # fmt: skip
def test_letters_by_their_names_in_html_are_read_as_letters(cell, meant):
    assert look_at(cell) == (meant, [])


@pytest.mark.parametrize("cell", ["Ren?e", "Jos\ufffd", "Garc\ufffda"])
def test_a_lost_letter_is_told_and_kept(cell):
    assert look_at(cell) == (
        cell, [f"A letter of “{cell}” was lost before it came here. Type it again."]
    )  # fmt: skip


def test_a_question_mark_behind_a_name_is_a_lost_letter_and_behind_a_question_is_none():
    assert look_at("Jos?", is_name=True)[1]
    assert not look_at("Why not Boston?")[1]


def test_a_row_says_what_came_garbled_and_keeps_its_cells():
    row = clean("First name,Last name,Employer,Remark\nJosÃ©,PÃ©rez,CafÃ© Ole,Ã©\n")

    assert (row.values["name"], row.values["employer"]) == ("José Pérez", "Café Ole")
    assert row.problems == [
        f"“{was}” came garbled, and we read it as “{meant}”."
        for was, meant in [("JosÃ©", "José"), ("PÃ©rez", "Pérez"), ("CafÃ© Ole", "Café Ole")]
    ]
    assert row.record.cells == ["JosÃ©", "PÃ©rez", "CafÃ© Ole", "Ã©"]
    assert row.is_usable


def test_garbled_rows_among_many_are_staged_as_they_were_meant():
    lines = [f"Ann,Lee,Person &amp; Sons {n},a{n}@example.org" for n in range(50)]
    lines[7] = "ZoÃ«,Lee,IBM,zoe@example.org"
    text = "\n".join(["First name,Last name,Employer,E-mail", *lines])
    table = read_table(text.encode(), file_name="list.csv")

    block = RowReader(table, propose_mapping(table), this_year=2026).read_block(table.records)
    staged = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in block.lines]

    assert staged[7]["name"] == "Zoë Lee"
    (troubled,) = block.troubled
    assert troubled.problems == ["“ZoÃ«” came garbled, and we read it as “Zoë”."]
    assert troubled.record.number == 9
    assert {row["employer"] for row in staged[:7]} == {f"Person & Sons {n}" for n in range(7)}


def test_clean_letters_are_not_looked_at_closely():
    assert not any(map(is_suspect, [*NAMES, "O’Brien", "Smith & Sons", "2 + 2?"]))
