"""How alumni stand today equals a count by hand, and nothing is said of one to four of them."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import OfficeSettings, Term
from alumni.availability import office_day
from alumni.models import Consent, Request
from benchmarks.database import fetch
from reports import actions
from reports.models import ReportExport, Stale
from reports.periods import of_term, year_of
from tests.factories import AlumFactory, ContactFactory, InterviewFactory, RequestFactory

NOW = timezone.now()
TODAY = office_day(NOW)
# Three times no in a row wears an alum out; the rest is what the directory itself says.
BY_HAND = {
    "agreed": "SELECT count(*) FROM alumni_alum WHERE consent = 'YES'",
    "never": """SELECT count(*) FROM alumni_alum WHERE consent = 'YES' AND id NOT IN
        (SELECT alum_id FROM alumni_request)""",
    "worn": """SELECT count(*) FROM (SELECT alum_id FROM alumni_request JOIN alumni_alum
        ON alumni_alum.id = alum_id AND consent = 'YES' WHERE state = 'DECLINED'
        GROUP BY alum_id HAVING count(*) >= 3) x""",
    "paused": """SELECT count(*) FROM alumni_alum
        WHERE consent = 'YES' AND paused_until > current_date""",
}


def fill(*, fresh: int, asked: int, worn: int, paused: int) -> None:
    AlumFactory.create_batch(fresh)
    AlumFactory.create_batch(9, consent=Consent.NO)
    AlumFactory.create_batch(paused, paused_until=TODAY + timedelta(days=90))
    for alum in AlumFactory.create_batch(asked):
        RequestFactory(alum=alum, asked_at=NOW - timedelta(days=99), state=Request.State.ACCEPTED)
    for alum in AlumFactory.create_batch(worn):
        for ago in (200, 150, 99):
            asked_at = NOW - timedelta(days=ago)
            RequestFactory(alum=alum, asked_at=asked_at, state=Request.State.DECLINED)


@pytest.mark.parametrize(
    "numbers",
    [
        {"fresh": 12, "asked": 6, "worn": 5, "paused": 7},
        {"fresh": 5, "asked": 0, "worn": 4, "paused": 4},
        {"fresh": 0, "asked": 0, "worn": 0, "paused": 0},
    ],
    ids=["many", "few", "nobody"],
)
def test_goodwill_is_as_counted_by_hand(numbers):
    fill(**numbers)

    actions.keep_fresh(at=NOW)
    said = actions.alumni_of(year_of(TODAY)).goodwill

    counted = {name: fetch(statement)[0][0] for name, statement in BY_HAND.items()}
    assert {name: said.get(name) for name in BY_HAND} == {
        name: number if number >= 5 else None for name, number in counted.items()
    }


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"fresh": 12, "asked": 6, "worn": 5, "paused": 7}, ["30", "19", "5", "not shown", "7"]),
        ({"fresh": 5, "asked": 0, "worn": 4, "paused": 4}, ["13", "9", *["not shown"] * 3]),
    ],
    ids=["many", "few"],
)
def test_alumni_are_taken_along_as_the_page_says_and_written_down(client, staff, numbers, said):
    fill(**numbers)
    client.force_login(staff)
    meet(once=6, twice=5, often=2)
    actions.keep_fresh(at=NOW)
    key = year_of(TODAY).key

    answer = client.post(reverse("reports:take_alumni"), {"period": key})

    headings, *lines = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    assert headings == ["When", "What", "Alumni"]
    name = year_of(TODAY).name
    assert [line for line in lines if line[0] == name] == [
        [name, "Met a student", "13"],
        [name, "Met a student: once", "6"],
        # Two met three or more: the third number may not give them away.
        [name, "Met a student: twice", "not shown"],
        [name, "Met a student: three times or more", "not shown"],
    ]
    assert [line[2] for line in lines if line[0] == "Today"] == said
    log = ReportExport.objects.get()
    assert (log.taken_by, log.format, log.part) == (staff, "CSV", f"{name}, alumni")
    page = client.get(reverse("reports:alumni"), {"period": key}).context
    shown = [page["helped"], *(n for _, n in page["often"]), *(n for _, n in page["stand"])]
    assert [line[2] for line in lines] == ["not shown" if n is None else str(n) for n in shown]


def meet(*, once, twice, often) -> None:
    for times, number in ((1, once), (2, twice), (3, often)):
        for alum in AlumFactory.create_batch(number, consent=Consent.NO):
            for _ in range(times):
                contact = ContactFactory(alum=alum)
                InterviewFactory(
                    contact=contact, state="HELD", held_on=TODAY,
                    thank_you_due_on=TODAY, follow_up_due_on=TODAY,
                )  # fmt: skip


def test_a_cell_of_alumni_never_runs_as_a_formula(client, staff):
    term = Term.objects.create(name="=1+1", first_on=TODAY, last_on=TODAY)
    actions.keep_fresh(at=NOW)
    client.force_login(staff)

    answer = client.post(reverse("reports:take_alumni"), {"period": of_term(term).key})

    assert "'=1+1,Met a student,not shown" in answer.content.decode()


def test_goodwill_is_counted_anew_on_another_day():
    """Though nothing of the directory changed."""
    OfficeSettings.current()
    fill(fresh=5, asked=0, worn=0, paused=9)
    actions.keep_fresh(at=NOW)
    before = actions.alumni_of(year_of(TODAY)).goodwill
    assert not Stale.objects.exists()

    actions.keep_fresh(at=NOW + timedelta(days=91))

    later = actions.alumni_of(year_of(TODAY)).goodwill

    assert (before.get("paused"), later.get("paused")) == (9, None)
