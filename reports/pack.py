"""The evidence pack: two pages for the dean, of the same sheet that the pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from alumni.availability import office_day
from core.pdf import typeset
from records.paper import breakable, in_words
from reports import charts
from reports.charts import Chart
from reports.measures import BY_KEY, COLUMNS, SLICE_BY_KEY, Column, Slice
from reports.reading import Alumni, Report, Row

# What stands in the tables: a page of paper is narrower than a screen.
IN_TABLE = ("active", "asked", "replied", "held", "thanked", "kept", "named", "before", "after")
MOST_CLASSES, MOST_FIELDS, MOST_BARS = 6, 12, 6
HIDDEN = "–"
NOTE = (
    "Nothing is said of fewer than five people. A dash stands for a number about so few, or for "
    "one that it could be worked out from. Students count once, in the class and the first field "
    "of their profile; days are those of their own calendars."
)


def pack_pdf(report: Report, *, alumni: Alumni, institution: str) -> bytes:
    return typeset("evidence.typ", pack(report, alumni, institution))


def pack(report: Report, alumni: Alumni, institution: str) -> dict[str, Any]:
    classes = _largest(report.rows(SLICE_BY_KEY["class"]), MOST_CLASSES)
    shown = [_chart(charts.steps(report.total)), _chart(_second(classes))]
    return {
        "institution": breakable(institution),
        "title": f"What talks led to in {breakable(report.period.name)}",
        "days": f"{in_words(report.period.first_on)} to {in_words(report.period.last_on)}",
        "as_of": in_words(office_day(report.as_of)),
        "tiles": [_tile(report.total, key) for key in ("active", "asked", "held", "named")],
        "story": story(report.total),
        "charts": shown,
        "classes": _table(report, "class", MOST_CLASSES),
        "fields": _table(report, "field", MOST_FIELDS),
        "goodwill": _helped(alumni.helped),
        "alumni": [
            {"label": label, "said": _said(alumni.goodwill.get(key))}
            for key, label in (("agreed", "agreed to be asked"), ("never", "were never asked"),
                               ("worn", "need a rest"))
        ],
        "definitions": [{"label": one.label, "meaning": one.meaning} for one in COLUMNS],
        "note": NOTE,
    }  # fmt: skip


def story(total: Row) -> str:
    """What may be said of it in sentences."""
    said = {column.key: total.cell(column).said for column in COLUMNS}
    sentences = [
        "Of the people asked, {replied} answered, on average after {reply_days} days.",
        "Of the talks, {thanked} were thanked for on time.",
        "After {kept} of them the student wrote again.",
        "Interest in the field was {before} of 5 before the talk and {after} after it.",
        "Advisors answered letters within {turnaround} days on average.",
    ]
    needs = ("replied", "thanked", "kept", "before", "turnaround")
    found = [one.format(**said) for one, key in zip(sentences, needs, strict=True) if said[key]]
    return " ".join(found) or "Too few students took part to say more."


def _second(classes: Sequence[Row]) -> Chart:
    """Interest by class; the talks of each class, where interest was not rated enough."""
    rated = charts.interest(classes)
    return rated if rated.bars else charts.by_group(classes, BY_KEY["held"], "class")


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "title": chart.title,
        "bars": [
            {"label": _short(bar.label), "said": bar.said, "start": bar.start, "width": bar.width}
            for bar in chart.bars[:MOST_BARS]
        ],
    }


def _tile(total: Row, key: str) -> dict[str, str]:
    column: Column = BY_KEY[key]
    return {"label": column.label.lower(), "said": total.cell(column).said or HIDDEN}


def _table(report: Report, key: str, most: int) -> dict[str, Any]:
    slice: Slice = SLICE_BY_KEY[key]
    every = report.rows(slice)
    rows = [*_largest(every, most), report.total]
    columns = [BY_KEY[one] for one in IN_TABLE]
    left_out = len(every) - len(rows) + 1
    return {
        "title": f"By {slice.label.lower()}",
        "headings": [slice.label, *(column.label for column in columns)],
        "rows": [[_short(row.name), *_cells(row, columns)] for row in rows] if every else [],
        "more": f"The largest of {len(every)}." if left_out > 0 else "",
    }


def _largest(rows: Sequence[Row], most: int) -> list[Row]:
    """Those with the most active students, in the order in which they came."""
    by_size = sorted(rows, key=lambda row: -row.numbers.get("active", 0))[:most]
    return [row for row in rows if row in by_size]


def _cells(row: Row, columns: Sequence[Column]) -> list[str]:
    return [row.cell(column).said or HIDDEN for column in columns]


def _helped(helped: Mapping[str, Any]) -> str:
    if "helped" not in helped:
        return "Too few alumni met students to say how many."
    words = {"1": "{} met one student", "2": "{} met two", "3": "{} met three or more"}
    often = [words[times].format(f"{n:,}") for times, n in helped["times"].items()]
    sentence = f"{helped['helped']:,} alumni of the directory met students."
    return f"{sentence} {', '.join(often)}." if often else sentence


def _said(number: int | None) -> str:
    return f"{number:,}" if number else HIDDEN


def _short(name: str) -> str:
    return breakable(name if len(name) <= 40 else f"{name[:39]}…")
