import csv
import io
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import StudentProfile, Term
from contacts.models import Contact, Interaction
from interviews.models import Interview
from reports import actions, tasks
from reports.measures import COLUMNS, SLICES
from reports.models import ReportExport, Sheet, Stale
from reports.periods import of_term
from tests.factories import ContactFactory
from tests.reports.lives import NOW, at, count_all, live

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
    count_all()

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
    count_all()

    total = office.get(STUDENTS, {"period": YEAR}).context["report"].total

    said = {cell.column.key: cell.said for cell in total.cells}
    numbers = total.numbers
    assert said["replied"] == f"{100 * numbers['replied'] / numbers['asked']:.0f}%"
    assert said["reply_days"] == f"{numbers['reply_days'] / numbers['replied']:.1f}"
    assert said["turnaround"] == f"{numbers['review_seconds'] / 86400 / numbers['answered']:.1f}"
    assert said["before"] == f"{numbers['interest_before'] / numbers['rated']:.1f}"


def test_a_link_leads_to_the_same_table(office, fall):
    live(3, students=60)
    count_all()

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
    count_all()
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
    count_all()

    page = office.get(STUDENTS, {"period": YEAR, "by": "major"}).content.decode()
    table = table_of(office, period=YEAR, by="major")

    assert "Too little to tell yet" in page
    assert not any(word in page for word in ("Maya", "Dana", "Secret", "Hush", "Falconry"))
    assert [cell for line in table[1:] for cell in line[1:]] == ["not shown"] * 2 * len(COLUMNS)


def test_no_page_of_many_has_a_name_or_a_word(office):
    live(5, students=60)
    Interaction.objects.update(said="hushhush")
    Interview.objects.update(notes="hushhush")
    count_all()

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
    count_all()

    table = table_of(office, period=YEAR, by="major")

    assert [line[0] for line in table] == ["Major", "'=1+1", "All students"]
    log = ReportExport.objects.get()
    assert (log.taken_by, log.format, log.part) == (staff, "CSV", "2025–26, by major")
    page = office.get(reverse("reports:taken")).content.decode()
    assert "2025–26, by major" in page
    assert staff.name in page


def test_looking_takes_nothing_along(office):
    count_all()
    for url in (STUDENTS, ALUMNI, reverse("reports:taken"), reverse("reports:terms")):
        office.get(url)

    assert not ReportExport.objects.exists()


@pytest.mark.parametrize("students", [1, 3, 40])
@pytest.mark.parametrize("is_behind", [True, False], ids=["after a change", "nothing new"])
def test_pages_ask_as_much_for_many_as_for_one(
    office, fall, students, is_behind, django_assert_num_queries
):
    """And as much when something is still to be counted: that is the worker's work."""
    live(2, students=students)
    count_all()
    for url in (ALUMNI, STUDENTS, ALUMNI):
        office.get(url, {"period": YEAR})
    if is_behind:
        live(3, students=students)

    with django_assert_num_queries(5):
        office.get(STUDENTS, {"period": YEAR, "by": "major"})
    with django_assert_num_queries(5):
        office.get(ALUMNI, {"period": YEAR})
    assert Stale.objects.exists() == is_behind


@pytest.mark.parametrize("students", [1, 3, 40])
def test_counting_takes_as_many_statements_for_many_as_for_one(
    fall, students, django_assert_num_queries
):
    count_all()
    live(2, students=students)

    with django_assert_num_queries(34):
        count_all()


def test_looking_counts_nothing(office, fall):
    """Nor does taking a report: both say what the worker found, and of which moment it is."""
    live(2)
    count_all()
    before = table_of(office, period=YEAR)
    live(3)
    marks = Stale.objects.count()

    page = office.get(STUDENTS, {"period": YEAR})
    office.get(ALUMNI, {"period": YEAR})

    assert "As of" in page.content.decode()
    assert page.context["as_of"] == NOW
    assert table_of(office, period=YEAR) == before
    assert Stale.objects.count() == marks
    count_all()
    assert table_of(office, period=YEAR) != before


def test_a_moment_later_nothing_is_made_but_the_moment(student):
    count_all()
    ContactFactory(student=student)
    assert tasks.keep_fresh() == 1
    later = timezone.now() + timedelta(seconds=60)
    made = list(Sheet.objects.order_by("pk").values_list("pk", "content", "alumni"))

    assert actions.keep_fresh(at=later) == 0

    assert {sheet.as_of for sheet in Sheet.objects.all()} == {later}
    assert list(Sheet.objects.order_by("pk").values_list("pk", "content", "alumni")) == made


def test_only_years_that_look_different_are_made_again(fall):
    """A deed of this year leaves the sheets of the years before as they are."""
    live(2)
    count_all()
    Sheet.objects.update(content={"old": True})
    contact = ContactFactory()
    Contact.objects.filter(pk=contact.pk).update(created_at=at(date(2026, 3, 3), time(12), "UTC"))

    count_all()

    new = set(Sheet.objects.exclude(content={"old": True}).values_list("pk", flat=True))
    assert new == {YEAR, fall.key}


@pytest.mark.parametrize("asked", ["page", "alumni", "csv", "alumni csv", "pack"])
@pytest.mark.parametrize("why", ["nothing was counted", "the term was moved"])
def test_what_is_not_counted_yet_is_said(office, fall, asked, why):
    if why == "the term was moved":
        count_all()
        Term.objects.update(last_on=date(2025, 12, 19))
    ask = {
        "page": lambda: office.get(STUDENTS, {"period": fall.key}),
        "alumni": lambda: office.get(ALUMNI, {"period": fall.key}),
        "csv": lambda: office.post(CSV, {"period": fall.key}),
        "alumni csv": lambda: office.post(reverse("reports:take_alumni"), {"period": fall.key}),
        "pack": lambda: office.post(reverse("reports:take_pack"), {"period": fall.key}),
    }[asked]

    page = ask()

    assert page.status_code == 200
    assert "Still being counted" in page.content.decode()
    assert f'value="{fall.key}" selected' in page.content.decode()
    assert not ReportExport.objects.exists()
    count_all()
    assert "Still being counted" not in ask().content.decode(errors="replace")


def test_a_term_that_is_gone_leaves_no_sheet(fall):
    count_all()
    assert Sheet.objects.filter(pk=fall.key).exists()

    Term.objects.all().delete()
    count_all()

    assert not Sheet.objects.filter(pk=fall.key).exists()
    assert Sheet.objects.filter(pk=YEAR).exists()


def test_alumni_page_tells_how_often(office):
    live(4, students=90, deeds=8)
    count_all()

    page = office.get(ALUMNI, {"period": YEAR})

    assert page.context["helped"] >= 5
    assert page.context["now"]["agreed"] == 12


def test_goodwill_follows_the_directory(office):
    live(4, students=9)
    count_all()
    assert office.get(ALUMNI).context["now"]["agreed"] == 12

    from tests.factories import AlumFactory

    AlumFactory()
    count_all()

    assert office.get(ALUMNI).context["now"]["agreed"] == 13
