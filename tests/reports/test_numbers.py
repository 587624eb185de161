"""Every number of every page equals a count by hand, at the borders of terms and years, in three
time zones; and it follows whatever changes, however it is changed."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.models import StudentProfile, Term, User
from benchmarks import by_hand
from contacts.models import Contact, Interaction
from interviews.models import Debrief, Interview
from letters.models import LetterReview
from reports.counting import college, count
from reports.measures import CELLS, SLICES, SUMS
from reports.models import Fact, Sheet, Stale
from reports.periods import all_terms, of_term, tiling, year_from
from tests.reports.lives import ZONES, at, count_all, live, sheet_of

YEARS = [year_from(2024), year_from(2025), year_from(2026)]


@pytest.fixture
def terms():
    """Two within a year, and one that reaches over June 30."""
    days = {
        "Fall": (date(2025, 8, 24), date(2025, 12, 18)),
        "Spring": (date(2026, 1, 20), date(2026, 5, 10)),
        "Summer": (date(2026, 6, 1), date(2026, 7, 19)),
    }
    return [
        of_term(Term.objects.create(name=name, first_on=first, last_on=last))
        for name, (first, last) in days.items()
    ]


def raw(period, year) -> dict:
    """By slice and group, before anything is hidden."""
    count_all()
    tiles, everybody = tiling(year, all_terms()), college()
    bits, found = tiles.bits(period), {}
    for slice, counts in count(tiles, everybody).items():
        for group in counts.groups:
            numbers = {name: counts.total(name, [group], bits) for name in ("active", *SUMS)}
            if any(numbers.values()):
                found.setdefault(slice, {})[group] = numbers
    return found


def wanted(period) -> dict:
    found = {}
    for slice in SLICES:
        for group, numbers in by_hand.count(slice.key, period.first_on, period.last_on).items():
            every = {name: numbers.get(name, 0) for name in ("active", *SUMS)}
            found.setdefault(slice.key, {})[group] = every
    return found


@pytest.mark.parametrize("seed", range(4))
def test_counts_equal_those_by_hand(terms, seed):
    live(seed)

    for year in YEARS:
        assert raw(year, year) == wanted(year)
        for term in terms:
            if term.meets(year):
                assert raw(term, year) == wanted(term)


@pytest.mark.parametrize("seed", range(3))
def test_every_number_that_is_shown_equals_one_by_hand(terms, seed):
    live(seed, students=120)

    said = 0
    for period in (*YEARS, *terms):
        content = sheet_of(period).content
        for slice in SLICES:
            by_group = by_hand.count(slice.key, period.first_on, period.last_on)
            names = college().names[slice.key]
            by_name = {names[group]: numbers for group, numbers in by_group.items()}
            for row in content["slices"][slice.key]:
                for name, number in row["numbers"].items():
                    assert by_name[row["name"]][name] == number
                    said += 1
            for name, number in content["total"].items():
                assert by_hand.total(by_group)[name] == number
        helped = by_hand.helped(period.first_on, period.last_on)
        alumni = Sheet.objects.get(pk=period.key).alumni
        assert alumni.get("helped") in (None, sum(helped.values()))
        for times, number in alumni["times"].items():
            assert helped[times] == number
    assert said > 100


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("clock", "days_on"), [("23:59:59", 0), ("00:00:00", 1)], ids=["last second", "midnight"]
)
def test_a_year_ends_at_the_students_midnight(zone, clock, days_on):
    from datetime import time

    from tests.factories import ContactFactory, UserFactory

    contact = ContactFactory(student=UserFactory(time_zone=zone), source="REFERRAL")
    moment = at(date(2026, 6, 30) + timedelta(days=days_on), time.fromisoformat(clock), zone)
    Contact.objects.filter(pk=contact.pk).update(created_at=moment)

    count_all()

    assert Fact.objects.get().part_on == (date(2025, 7, 1), date(2026, 7, 1))[days_on]


CHANGES = {
    "a line of the log": lambda: Interaction.objects.update(happened_on=date(2026, 3, 3)),
    "a talk": lambda: Interview.objects.filter(held_on__isnull=False).update(thanked_on=None),
    "a write-up": lambda: Debrief.objects.update(interest_after=1),
    "a review": lambda: LetterReview.objects.update(answered_at=None, verdict=""),
    "a contact": lambda: Contact.objects.update(source="REFERRAL"),
    "a profile": lambda: StudentProfile.objects.update(majors=["Geology"]),
    "a zone": lambda: User.objects.update(time_zone="Asia/Tokyo"),
    "a term": lambda: Term.objects.filter(name="Fall").update(last_on=date(2025, 12, 19)),
    "a term is gone": lambda: Term.objects.all().delete(),
    "a student is gone": lambda: User.objects.filter(role="STUDENT").order_by("pk")[0].delete(),
    "talks are gone": lambda: Interview.objects.all().delete(),
    "by no way of ours": lambda: connection.cursor().execute(
        "UPDATE interviews_interview SET followed_up_on = held_on WHERE held_on IS NOT NULL"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_counts_follow_whatever_changes(terms, change):
    live(7, students=60)
    year = year_from(2025)
    before = raw(year, year)
    shown = sheet_of(year).content

    CHANGES[change]()

    assert raw(year, year) == wanted(year)
    assert change.startswith("a term") or before != wanted(year)
    fresh = sheet_of(year).content
    # None is made anew that need not be: it must equal what a first count says.
    Sheet.objects.all().delete()
    assert fresh == sheet_of(year).content
    assert change in ("a zone", "a term", "a term is gone") or fresh != shown


def test_a_log_in_makes_nothing_stale(student):
    count_all()

    User.objects.filter(pk=student.pk).update(last_login="2026-03-02 12:00Z", name="Maya")

    assert not Stale.objects.exists()


def test_every_cell_has_its_column():
    """A condition that names no column of a fact would only fail where it is asked."""
    assert {condition.split()[0] for condition in CELLS.values()} <= {*SUMS, "is_active"}
