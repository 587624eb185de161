"""What the office and the directory show of goodwill."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import OfficeSettings
from alumni.models import Alum, AskBy
from tests.factories import AlumFactory, RequestFactory

# A Monday, noon in New York, where the office is.
AT = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
GOODWILL = "/alumni/goodwill/"


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.OFFICE_TIME_ZONE = "America/New_York"
    OfficeSettings.current()
    with time_machine.travel(AT, tick=False):
        yield


def asked(alum, *days_ago, **fields):
    for number in days_ago:
        RequestFactory(alum=alum, asked_at=AT - timedelta(days=number), **fields)


def names(page) -> list[str]:
    return [getattr(one, "alum", one).name for one in page]


def person(name, **fields):
    return AlumFactory(name=name, family_name=name, **fields)


@pytest.fixture
def college():
    full = person("Full Months")
    asked(full, 1, 2, 35, 36, 65, 66, state="ACCEPTED")
    tired = person("Tired Ted")
    asked(tired, 100, 140, 180, state="DECLINED")
    silent = person("Silent Sue")
    asked(silent, 100, 140, 180, state="EXPIRED")
    happy = person("Happy Hal")
    asked(happy, 140, 180, 200, state="DECLINED")
    asked(happy, 100, state="ACCEPTED")
    busy = person("Busy Bea")
    asked(busy, 3, 4)
    person("Resting Ray", paused_until=date(2026, 3, 17))
    person("Back Bob", paused_until=date(2026, 3, 16))
    person("Unknown Una", consent="UNKNOWN", paused_until=date(2026, 5, 1))
    asked(person("Gone Guy", consent="NO"), 1, 2, 3, state="DECLINED")


@pytest.mark.usefixtures("college")
def test_goodwill_shows_who_needs_a_rest_and_whom_nobody_asked(client, staff):
    client.force_login(staff)

    pages = client.get(GOODWILL).context["pages"]

    assert names(pages["worn"]) == ["Full Months", "Silent Sue", "Tired Ted"]
    assert names(pages["cap"]) == ["Busy Bea", "Full Months"]
    assert names(pages["paused"]) == ["Resting Ray"]
    assert names(pages["never"]) == ["Back Bob", "Resting Ray"]


@pytest.mark.usefixtures("college")
def test_goodwill_says_why_and_what_to_do(client, staff):
    client.force_login(staff)

    shown = client.get(GOODWILL).content.decode()

    assert "<h1>Give 3 people a rest</h1>" in shown
    assert "Asked to the limit 3 months running" in shown
    assert "3 requests in a row without a yes" in shown
    assert "Available again on April 12" in shown
    assert shown.count("btn btn-primary") == 1


@pytest.mark.usefixtures("college")
@pytest.mark.parametrize("one", ["worn", "cap", "paused", "never"])
def test_one_list_is_shown_whole(client, staff, one):
    client.force_login(staff)

    assert list(client.get(GOODWILL, {"all": one}).context["pages"]) == [one]


@pytest.mark.parametrize("asked_for", ["nothing", "\x00", "worn' --", "🙂"])
def test_wrong_list_is_all_of_them(client, staff, asked_for):
    client.force_login(staff)

    answered = client.get(GOODWILL, {"all": asked_for, "page": "x"})

    assert (answered.status_code, len(answered.context["pages"])) == (200, 4)


def test_goodwill_of_an_empty_directory_is_calm(client, staff):
    client.force_login(staff)

    assert "Everybody is asked in good measure" in client.get(GOODWILL).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_goodwill_asks_as_much_for_many_as_for_one(
    client, staff, number, django_assert_num_queries
):
    for n in range(number):
        asked(AlumFactory(name=f"Full {n}"), 1, 2, 35, 36, 65, 66)
        AlumFactory(name=f"Resting {n}", paused_until=date(2026, 4, 1))
    client.force_login(staff)

    # Session, user; worn out: office, requests, alumni; at cap: alumni, office, requests;
    # paused and never asked: number and page of each.
    with django_assert_num_queries(12):
        client.get(GOODWILL)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paused_until": date(2026, 4, 1)}, "Available again on April 1"),
        ({"paused_until": date(2027, 2, 1)}, "Available again on February 1, 2027"),
        ({"requests_per_month": 0}, "Takes no requests at present"),
        ({}, ""),
    ],
)
def test_directory_says_when_somebody_is_available_again(client, student, changes, words):
    AlumFactory(**changes)
    client.force_login(student)

    (alum,) = client.get("/alumni/").context["results"].people

    assert alum.unavailable == words


@pytest.mark.parametrize(
    ("changes", "words", "primary"),
    [
        ({}, "2 students may still ask this month.", "Ask to meet"),
        ({"requests_per_month": 1}, "One place is left this month.", "Ask to meet"),
        ({"ask_by": AskBy.CAREERHUB}, "Through CareerHub only", "Ask to meet"),
        ({"ask_by": AskBy.EMAIL}, "mailto:imani@example.org", "Ask to meet"),
        ({"ask_by": AskBy.PHONE}, "tel:+1-413-555-0119", "Make a contact"),
        ({"ask_by": AskBy.PHONE, "hidden_fields": ["phone"]}, "By phone</dd>", "Make a contact"),
        ({"email": "", "phone": ""}, "The office has no way to reach", "Make a contact"),
        ({"paused_until": date(2026, 4, 1)}, "available again on April 1", "Find somebody else"),
    ],
)
def test_record_leads_a_student_to_the_next_deed(client, student, changes, words, primary):
    alum = AlumFactory(**{"email": "imani@example.org", "phone": "413 555 0119", **changes})
    client.force_login(student)

    shown = client.get(alum.get_absolute_url()).content.decode()

    assert words in shown
    assert shown.count("btn btn-primary") == 1
    assert primary in shown.partition("btn btn-primary")[2].partition("</form>")[0]


@pytest.mark.parametrize("ask_by", [AskBy.ANY, AskBy.CAREERHUB])
def test_record_shows_no_way_that_is_not_wanted(client, student, ask_by):
    alum = AlumFactory(email="imani@example.org", phone="413 555 0119", ask_by=ask_by)
    client.force_login(student)

    shown = client.get(alum.get_absolute_url()).content.decode()

    assert "imani@example.org" not in shown
    assert "413 555 0119" not in shown


def test_record_leads_to_ones_own_request(client, student):
    mine = RequestFactory(student=student, state="DECLINED", asked_at=AT)
    client.force_login(student)

    shown = client.get(mine.alum.get_absolute_url()).content.decode()

    assert reverse("contacts:request", args=[mine.pk]) in shown


@pytest.mark.parametrize(("who", "queries"), [("student", 7), ("staff", 5), ("advisor", 5)])
def test_record_asks_as_much_for_one_who_was_asked_often(
    client, request, who, queries, django_assert_num_queries
):
    for number in (1, 3):
        alum = AlumFactory()
        asked(alum, *range(number))
        client.force_login(request.getfixturevalue(who))

        # Session, user, alum, office, days of asking; two more of a student.
        with django_assert_num_queries(queries):
            client.get(alum.get_absolute_url())


FORM = {"name": "Imani Brooks", "consent": "YES"}


def saved(client, staff, **said):
    alum = AlumFactory(hidden_fields=["phone"], requests_per_month=3)
    client.force_login(staff)
    answered = client.post(reverse("alumni:edit", args=[alum.pk]), {**FORM, **said})
    return answered.status_code, Alum.objects.get(pk=alum.pk)


def test_staff_set_the_terms_of_an_alum(client, staff):
    status, alum = saved(
        client, staff, ask_by="EMAIL", hidden_fields=["email", "employer"],
        paused_until="2026-04-01", requests_per_month="0", days_between_requests="30",
    )  # fmt: skip

    assert status == 302
    assert (alum.ask_by, alum.hidden_fields) == ("EMAIL", ["email", "employer"])
    assert (alum.paused_until, alum.requests_per_month) == (date(2026, 4, 1), 0)
    assert alum.days_between_requests == 30


def test_terms_left_empty_are_those_of_the_office(client, staff):
    status, alum = saved(client, staff)

    assert (status, alum.ask_by, alum.hidden_fields) == (302, "", [])
    assert (alum.requests_per_month, alum.days_between_requests) == (None, None)


@pytest.mark.parametrize(
    "said",
    [
        {"hidden_fields": ["name"]}, {"hidden_fields": ["password"]}, {"ask_by": "PIGEON"},
        {"requests_per_month": "-1"}, {"requests_per_month": "32"}, {"requests_per_month": "5½"},
        {"days_between_requests": "366"}, {"days_between_requests": "9" * 5000},
        {"paused_until": "soon"}, {"paused_until": "99999-01-01"},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_terms_are_told_and_not_kept(client, staff, said):
    status, alum = saved(client, staff, **said)

    assert (status, alum.hidden_fields, alum.requests_per_month) == (422, ["phone"], 3)


def test_staff_set_the_defaults_of_the_office(client, staff):
    client.force_login(staff)
    url = reverse("accounts:office_settings")
    form = client.get(url).context["form"]
    said = {**form.initial, "requests_per_month": 1, "days_between_requests": 14,
            "request_expires_days": 21}  # fmt: skip

    assert client.post(url, said).status_code == 302
    office = OfficeSettings.current()
    assert (office.requests_per_month, office.days_between_requests) == (1, 14)
    assert office.request_expires_days == 21
