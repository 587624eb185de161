"""The evidence pack is two pages, whatever the college, and says what the page says."""

import json
import re

import pytest
import typst
from django.urls import reverse

from core.pdf import FONTS, TEMPLATES
from reports.models import ReportExport
from reports.pack import pack, pack_pdf
from reports.periods import year_from
from reports.reading import Alumni, Report
from tests.reports.lives import NOW, count_all, live, sheet_of

YEAR = year_from(2025)
NAMES = ("active", "asked", "replied", "reply_days", "held", "thanked", "kept", "named", "rated",
         "interest_before", "interest_after", "reviews", "answered", "review_seconds")  # fmt: skip


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def report_of(groups: int, *, size: int = 1, name: str = "Group") -> Report:
    numbers = dict.fromkeys(NAMES, size)
    rows = [{"name": f"{name} {n}", "numbers": numbers} for n in range(groups)]
    content = {
        "total": numbers if groups else {},
        "slices": {"class": rows, "major": rows, "field": rows},
    }
    return Report(YEAR, content, NOW)


NOBODY = Alumni({"times": {}}, {}, NOW)
MANY = Alumni(
    {"helped": 10**9, "times": {"1": 10**9, "2": 10**9, "3": 10**9}},
    {"agreed": 10**9, "never": 10**9, "worn": 10**9},
    NOW,
)
REPORTS = {
    "nothing": report_of(0),
    "tiny": report_of(1),
    "many groups": report_of(300, size=123_456_789),
    "long names": report_of(40, size=1000, name="W" * 99 + " of the history of"),
    "letters of other scripts": report_of(9, name="歴史 = #panic() "),
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_pack_has_two_pages(name):
    alumni = NOBODY if name == "nothing" else MANY

    pdf = pack_pdf(REPORTS[name], alumni=alumni, institution="Mill River " * 9)

    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) == 2


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_of_it_is_cut_off(name):
    """Typst says itself at which size each page stands, and that it fits."""
    data = pack(REPORTS[name], MANY, "Mill River College")

    found = typst.query(
        str(TEMPLATES / "evidence.typ"), "<page>", field="value", root=str(TEMPLATES),
        font_paths=[str(FONTS)], sys_inputs={"data": json.dumps(data)},
    )  # fmt: skip

    pages = json.loads(found)
    assert len(pages) == 2
    assert all(page["fits"] for page in pages)


def test_the_pack_says_what_the_page_says(client, staff):
    live(3, students=90)
    count_all()
    client.force_login(staff)
    report = client.get(reverse("reports:students"), {"period": YEAR.key}).context["report"]

    data = pack(report, NOBODY, "Mill River College")

    assert data["as_of"] == "June 24, 2026"
    cells = {cell.column.key: cell.said for cell in report.total.cells}
    tiles = ("active", "asked", "held", "named")
    assert [tile["said"] for tile in data["tiles"]] == [cells[key] for key in tiles]
    assert data["classes"]["rows"][-1][1:4] == [
        cells[key] for key in ("active", "asked", "replied")
    ]
    assert cells["replied"] in data["story"]


def test_taking_the_pack_is_written_down(client, staff):
    live(3, students=60)
    count_all()
    client.force_login(staff)

    answer = client.post(reverse("reports:take_pack"), {"period": YEAR.key})

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="evidence-year-2025.pdf"'
    assert pages_of(answer.content) == 2
    log = ReportExport.objects.get()
    assert (log.taken_by, log.format, log.part) == (staff, "PDF", "2025–26")


def test_few_students_are_not_in_the_pack(student):
    live(3, students=3)

    report = Report.of(YEAR, sheet_of(YEAR))

    data = pack(report, NOBODY, "Mill River College")
    assert {tile["said"] for tile in data["tiles"]} == {"–"}
    assert data["story"] == "Too few students took part to say more."
    assert data["classes"]["rows"] == []
