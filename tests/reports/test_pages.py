import csv
import io
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import StudentProfile, Term
from contacts.models import Contact, Interaction
from core.localtime import local_date
from interviews.models import Interview
from reports import actions, tasks
from reports.measures import COLUMNS, SLICES
from reports.models import ReportExport, Sheet, Stale
from reports.periods import of_term, year_from, year_of
from tests.factories import ContactFactory
from tests.reports.lives import live

STUDENTS, ALUMNI = reverse("reports:students"), reverse("reports:alumni")
CSV = reverse("reports:take_csv")
YEAR = "year-2025"


@pytest.fixture
def fall():
    return of_term(
        Term.objects.create(name="Fall", first_on=date(2025, 8, 24), last_on=date(2025, 12, 18))
    )


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


def table_of(office, **wish) -> list[list[str]]:
    answer = office.post(CSV, wish)
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


@pytest.mark.parametrize("slice", SLICES, ids=lambda one: one.key)
def test_page_and_csv_say_the_same(office, fall, slice):
    live(3, students=90)

    page = office.get(STUDENTS, {"period": YEAR, "by": slice.key}).context
    headings, *lines = table_of(office, period=YEAR, by=slice.key)

    assert headings == [slice.label, *(column.label for column in COLUMNS)]
    said = {row.name: [cell.said.replace(",", "") for cell in row.cells] for row in page["rows"]}
    nothing = ["not shown"] * len(COLUMNS)
    said_of_all = [cell.said.replace(",", "") for cell in page["report"].total.cells]
    assert lines == [
        *([name, *(cell or "not shown" for cell in cells)] for name, cells in said.items()),
        *([name, *nothing] for name in page["too_few"]),
        ["All students", *(cell or "not shown" for cell in said_of_all)],
    ]
    assert any(cell for cells in said.values() for cell in cells)


def test_a_share_and_a_mean_are_reckoned_from_their_sums(office):
    live(3, students=90)

    total = office.get(STUDENTS, {"period": YEAR}).context["report"].total

    said = {cell.column.key: cell.said for cell in total.cells}
    numbers = total.numbers
    assert said["replied"] == f"{100 * numbers['replied'] / numbers['asked']:.0f}%"
    assert said["reply_days"] == f"{numbers['reply_days'] / numbers['replied']:.1f}"
    assert said["turnaround"] == f"{numbers['review_seconds'] / 86400 / numbers['answered']:.1f}"
    assert said["before"] == f"{numbers['interest_before'] / numbers['rated']:.1f}"


def test_a_link_leads_to_the_same_table(office, fall):
    live(3, students=60)

    wish = office.get(STUDENTS, {"period": fall.key, "by": "major", "show": "held"}).context["wish"]

    again = office.get(STUDENTS + wish.query()).context["wish"]
    assert (again.period, again.slice, again.column) == (wish.period, wish.slice, wish.column)
    assert (again.period, again.slice.key, again.column.key) == (fall, "major", "held")


@pytest.mark.parametrize(
    "wish",
    [{"period": "year-1"}, {"period": "term-99999999999999999999"}, {"by": "name"},
     {"show": "\0"}, {"period": "year-2025' --"}, {"by": "student_id"}],
)  # fmt: skip
def test_what_no_report_has_is_left_out(office, wish):
    answer = office.get(STUDENTS, wish)

    assert answer.status_code == 200
    assert answer.context["wish"].slice.key == "class"


def test_few_students_are_not_told_of(office, student):
    """Not their number, their major's, their names, nor a word that they wrote."""
    StudentProfile.objects.create(student=student, majors=["Falconry"], class_year=2027)
    contact = Contact.objects.create(student=student, name="Dana Whitcomb", why="Secret")
    Interaction.objects.create(
        contact=contact, happened_on=date(2025, 9, 9), channel="EMAIL", outcome="ASKED", said="Hush"
    )

    page = office.get(STUDENTS, {"period": YEAR, "by": "major"}).content.decode()
    table = table_of(office, period=YEAR, by="major")

    assert "Too little to tell yet" in page
    assert not any(word in page for word in ("Maya", "Dana", "Secret", "Hush", "Falconry"))
    assert [cell for line in table[1:] for cell in line[1:]] == ["not shown"] * 2 * len(COLUMNS)


def test_no_page_of_many_has_a_name_or_a_word(office):
    live(5, students=60)
    Interaction.objects.update(said="hushhush")
    Interview.objects.update(notes="hushhush")

    for url in (STUDENTS, ALUMNI):
        for by in ("class", "major", "field"):
            page = office.get(url, {"period": YEAR, "by": by}).content.decode()
            assert "hushhush" not in page
            assert "Whitcomb" not in page
            assert "Brooks" not in page
            assert "Student " not in page


def test_csv_is_safe_to_open_and_written_down(office, staff):
    live(3, students=60)
    StudentProfile.objects.update(majors=["=1+1"])

    table = table_of(office, period=YEAR, by="major")

    assert [line[0] for line in table] == ["Major", "'=1+1", "All students"]
    log = ReportExport.objects.get()
    assert (log.taken_by, log.format, log.part) == (staff, "CSV", "2025–26, by major")
    page = office.get(reverse("reports:taken")).content.decode()
    assert "2025–26, by major" in page
    assert staff.name in page


def test_looking_takes_nothing_along(office):
    for url in (STUDENTS, ALUMNI, reverse("reports:taken"), reverse("reports:terms")):
        office.get(url)

    assert not ReportExport.objects.exists()


@pytest.mark.parametrize("students", [1, 3, 40])
def test_pages_ask_as_much_for_many_as_for_one(office, fall, students, django_assert_num_queries):
    live(2, students=students)
    for url in (ALUMNI, STUDENTS, ALUMNI):
        office.get(url, {"period": YEAR})

    with django_assert_num_queries(7):
        office.get(STUDENTS, {"period": YEAR, "by": "major"})
    with django_assert_num_queries(7):
        office.get(ALUMNI, {"period": YEAR})


@pytest.mark.parametrize("students", [1, 3, 40])
def test_counting_takes_as_many_statements_for_many_as_for_one(
    fall, students, django_assert_num_queries
):
    live(2, students=students)

    with django_assert_num_queries(20):
        actions.sheet_of(year_from(2025))


def test_the_worker_leaves_a_reader_nothing_to_count(office, student):
    """This year is added up; whoever opens it reads one row."""
    ContactFactory(student=student)
    office.get(ALUMNI)
    tasks.keep_fresh()
    ContactFactory(student=student)

    assert tasks.keep_fresh() == 1

    assert not Stale.objects.exists()
    year = year_of(local_date(timezone.now(), settings.OFFICE_TIME_ZONE))
    assert Sheet.objects.filter(pk=year.key).exists()
    assert tasks.keep_fresh() == 0


def test_alumni_page_tells_how_often(office):
    live(4, students=90, deeds=8)

    page = office.get(ALUMNI, {"period": YEAR})

    assert page.context["helped"] >= 5
    assert page.context["now"]["agreed"] == 12


def test_goodwill_follows_the_directory(office):
    live(4, students=9)
    assert office.get(ALUMNI).context["now"]["agreed"] == 12

    from tests.factories import AlumFactory

    AlumFactory()

    assert office.get(ALUMNI).context["now"]["agreed"] == 13
