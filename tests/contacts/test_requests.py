"""A student's requests: what they write into the log and the talk, and their pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import OfficeSettings
from alumni import actions
from alumni.announcements import request_answered, request_expired, request_made
from alumni.models import Alum, AlumniMail, AskBy, Request
from contacts.models import Contact
from interviews import actions as interviews
from interviews.confirmation import confirmation_of
from interviews.models import Interview, State
from reminders.models import Reminder
from tests.factories import AlumFactory, ContactFactory, InterviewFactory, RequestFactory

# A Monday, noon in New York.
AT = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)
TIMES = [AT + timedelta(days=5), AT + timedelta(days=6)]


@pytest.fixture(autouse=True)
def _clock():
    OfficeSettings.current()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def alum():
    return AlumFactory(
        name="Imani Brooks", email="imani@example.org", phone="413 555 0119",
        employer="Valley Courier", fields_of_work=["Journalism"],
    )  # fmt: skip


@pytest.fixture
def asked(student, alum):
    return actions.ask_alum(
        student, alum=alum, words="May we talk?", medium="PHONE", minutes=15, at=AT
    )


def answer(request, state, at=LATER, **fields) -> None:
    for name, value in {"state": state, "answered_at": at, **fields}.items():
        setattr(request, name, value)
    request.save()
    signal = request_expired if state == "EXPIRED" else request_answered
    signal.send(Request, request=request, at=at)


def log_of(contact) -> list[tuple]:
    rows = contact.interactions.order_by("id")
    return list(rows.values_list("happened_on", "channel", "direction", "outcome", "said"))


MONDAY, WEDNESDAY = date(2026, 3, 16), date(2026, 3, 18)
FIRST = (MONDAY, "EMAIL", "OUT", "ASKED", "May we talk?")


def test_asking_makes_the_contact_the_entry_and_the_talk(asked, alum, student):
    """G10: the way in comes with a yes, so e-mail and phone are not there yet."""
    contact = Contact.objects.get(student=student)

    assert (contact.alum, contact.name, contact.employer) == (alum, alum.name, "Valley Courier")
    assert (contact.email, contact.phone, contact.source) == ("", "", "ALUMNI")
    assert log_of(contact) == [FIRST]
    talk = Interview.objects.get(contact=contact)
    assert (talk.state, talk.format, talk.minutes) == (State.ASKED, "PHONE", 15)


def test_asking_uses_the_contact_and_the_talk_that_are_there(alum, student):
    contact = ContactFactory(student=student, alum=alum, name="Imani", email="mine@example.org")
    idea = InterviewFactory(contact=contact)

    actions.ask_alum(student, alum=alum, words="Hello", medium="VIDEO", minutes=20, at=AT)

    idea.refresh_from_db()
    assert list(Contact.objects.all()) == [contact]
    assert idea.state == State.ASKED
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("Imani", "mine@example.org")


def test_nothing_is_left_of_a_request_that_a_listener_refuses(alum, student):
    def refuse(**kwargs):
        raise RuntimeError

    request_made.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            actions.ask_alum(student, alum=alum, words="Hello", medium="VIDEO", minutes=20, at=AT)
    finally:
        request_made.disconnect(refuse)

    assert (Request.objects.count(), Contact.objects.count()) == (0, 0)


def test_yes_is_logged_and_brings_the_ways_along(asked, student):
    answer(asked, "ACCEPTED", reply="Gladly.", offered_times=TIMES)

    contact = Contact.objects.get(student=student)
    assert (contact.email, contact.phone) == ("imani@example.org", "413 555 0119")
    assert log_of(contact) == [FIRST, (WEDNESDAY, "EMAIL", "IN", "AGREED", "Gladly.")]
    assert Interview.objects.get().state == State.ASKED


@pytest.mark.parametrize(
    ("changes", "ways"),
    [
        ({"ask_by": AskBy.CAREERHUB}, ("", "")),
        ({"hidden_fields": ["phone"]}, ("imani@example.org", "")),
        ({"ask_by": AskBy.EMAIL}, ("imani@example.org", "")),
    ],
)
def test_yes_brings_no_way_that_is_hidden(alum, student, asked, changes, ways):
    Alum.objects.filter(pk=alum.pk).update(**changes)

    answer(Request.objects.get(pk=asked.pk), "ACCEPTED")

    contact = Contact.objects.get(student=student)
    assert (contact.email, contact.phone) == ways


def test_time_taken_is_the_time_of_the_talk(asked, student):
    answer(asked, "ACCEPTED", offered_times=TIMES)

    actions.take_time(asked, starts_at=TIMES[1], at=LATER)

    talk = Interview.objects.get()
    assert (talk.state, talk.starts_at, talk.minutes) == (State.ACCEPTED, TIMES[1], 15)
    assert (talk.format, talk.place) == ("PHONE", "413 555 0119")


@pytest.mark.parametrize(
    ("theirs", "hidden", "mine", "learned"),
    [
        ("Asia/Tokyo", [], "", "Asia/Tokyo"),
        ("Asia/Tokyo", [], "Europe/Rome", "Europe/Rome"),
        ("Asia/Tokyo", ["city", "region", "country"], "", ""),
        ("", [], "", ""),
    ],
    ids=["named", "the student knows better", "their place is hidden", "never named"],
)
def test_time_taken_brings_the_clock_by_which_it_was_offered(
    asked, alum, student, theirs, hidden, mine, learned
):
    """G31: from then on hours are said by both, in the letter that confirms them, too."""
    Alum.objects.filter(pk=alum.pk).update(time_zone=theirs, hidden_fields=hidden)
    student.contacts.update(time_zone=mine)
    answer(asked, "ACCEPTED", offered_times=TIMES)

    actions.take_time(asked, starts_at=TIMES[1], at=LATER)

    assert student.contacts.get().time_zone == learned
    if learned == "Asia/Tokyo":
        words = confirmation_of(Interview.objects.get(), phone="").body
        assert "Monday, March 23, 2026, 1 a.m. (Tokyo time)" in words
        assert "For me that is Sunday, noon (New York time)" in words


def test_time_taken_replaces_the_time_that_was_agreed_by_hand(asked):
    talk = Interview.objects.get()
    interviews.agree(talk, starts_at=TIMES[0], minutes=30, format="VIDEO", place="Her link", at=AT)
    answer(asked, "ACCEPTED", offered_times=TIMES)

    actions.take_time(asked, starts_at=TIMES[1], at=LATER)

    talk.refresh_from_db()
    assert (talk.starts_at, talk.place, Interview.objects.count()) == (TIMES[1], "Her link", 1)


@pytest.mark.parametrize(
    ("at", "call_on"),
    [
        (datetime(2026, 3, 18, 16, tzinfo=UTC), date(2026, 3, 19)),
        (datetime(2026, 3, 20, 16, tzinfo=UTC), date(2026, 3, 23)),
        (datetime(2026, 3, 21, 16, tzinfo=UTC), date(2026, 3, 23)),
        # Sunday evening in New York is Monday in UTC.
        (datetime(2026, 3, 23, 1, tzinfo=UTC), date(2026, 3, 23)),
    ],
)
def test_call_instead_is_owed_on_the_next_weekday(asked, student, at, call_on):
    """G16"""
    answer(asked, "CALL", at=at, call_number="617 555 0100", reply="Mornings.")

    contact = Contact.objects.get(student=student)
    entry = contact.interactions.order_by("-id").first()
    assert (entry.promised_call_on, contact.phone) == (call_on, "617 555 0100")
    assert entry.said == "They would rather be called: 617 555 0100.\n\nMornings."
    assert Reminder.objects.filter(recipient=student).exists()


def test_no_is_logged_with_whom_they_named(asked, student):
    """G21, G22"""
    answer(asked, "DECLINED", reply="Not this spring.", named_name="Ann Lee")

    contact = Contact.objects.get(student=student)
    assert log_of(contact) == [
        FIRST,
        (WEDNESDAY, "EMAIL", "IN", "DECLINED", "Not this spring."),
        (WEDNESDAY, "EMAIL", "IN", "REFERRED", "They named Ann Lee."),
    ]
    assert Interview.objects.get().state == State.DECLINED


def test_request_without_an_answer_ends_the_talk(asked, student):
    answer(asked, "EXPIRED")

    assert log_of(Contact.objects.get()) == [FIRST, (WEDNESDAY, "EMAIL", "OUT", "NO_ANSWER", "")]
    assert Interview.objects.get().state == State.NO_RESPONSE


def test_request_taken_back_withdraws_the_talk(asked):
    actions.withdraw(asked, at=LATER)

    entry = (WEDNESDAY, "NOTE", "OUT", "", "I took my request back.")
    assert log_of(Contact.objects.get()) == [FIRST, entry]
    assert Interview.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("state", ["ACCEPTED", "CALL", "DECLINED", "EXPIRED"])
def test_answer_comes_in_whatever_the_student_did_meanwhile(asked, state):
    """They met already, or threw the contact away: the alum's answer is never lost."""
    talk = Interview.objects.get()
    interviews.hold(talk, held_on=MONDAY, at=AT)
    answer(asked, state)

    assert Interview.objects.get().state == State.HELD
    Contact.objects.all().delete()
    answer(asked, state)
    assert Contact.objects.count() == 1


def test_asking_after_a_no_asks_in_the_same_talk(asked, student, alum):
    answer(asked, "DECLINED")

    at = AT + timedelta(days=60)
    actions.ask_alum(student, alum=alum, words="Once more", medium="VIDEO", minutes=20, at=at)

    assert [talk.state for talk in Interview.objects.all()] == [State.ASKED]


# Pages


def page(client, asked, name="contacts:request"):
    return client.get(reverse(name, args=[asked.pk]))


@pytest.mark.parametrize(
    ("state", "fields", "heading"),
    [
        ("PENDING", {}, "Get ready while Imani Brooks thinks it over"),
        ("ACCEPTED", {"offered_times": TIMES}, "Choose when you meet Imani Brooks"),
        ("ACCEPTED", {}, "Agree on a time with Imani Brooks"),
        ("ACCEPTED", {"offered_times": [AT]}, "Agree on a time with Imani Brooks"),
        ("ACCEPTED", {"taken_time": TIMES[0]}, "You meet Imani Brooks on Saturday, March 21"),
        ("CALL", {}, "Call Imani Brooks"),
        ("DECLINED", {}, "Ask somebody else"),
        ("DECLINED", {"named_name": "Ann Lee"}, "Go on to Ann Lee"),
        ("EXPIRED", {}, "Ask somebody else"),
        ("WITHDRAWN", {}, "Ask somebody else"),
    ],
)
@pytest.mark.parametrize("with_contact", [True, False])
def test_page_says_what_to_do_next(client, student, alum, state, fields, heading, with_contact):
    if with_contact:
        ContactFactory(student=student, alum=alum)
    asked = RequestFactory(student=student, alum=alum, state=state, asked_at=AT, **fields)
    client.force_login(student)

    answered = page(client, asked)
    shown = answered.content.decode()

    assert answered.status_code == 200
    assert f'<h1 id="next-h">{heading}</h1>' in shown
    assert shown.count("btn btn-primary") == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("PENDING", "The mail to Imani Brooks came back</h1>"),
        ("EXPIRED", "so they never read your request"),
    ],
)
def test_page_does_not_say_that_they_think_over_what_never_arrived(
    client, student, alum, state, words
):
    asked = RequestFactory(student=student, alum=alum, state=state, asked_at=AT)
    for kind in ("REQUEST", "REMINDER"):
        AlumniMail.objects.create(request=asked, kind=kind, due_at=AT, failed_at=LATER)
    client.force_login(student)

    shown = page(client, asked).text

    assert words in shown
    assert "thinks it over" not in shown
    assert "did not answer in time" not in shown
    assert "A reminder came back" in shown
    AlumniMail.objects.filter(request=asked, kind="REMINDER").update(failed_at=None)
    assert "is reminded" not in page(client, asked).text
    assert shown.count("btn btn-primary") == 1


@pytest.mark.parametrize("state", ["PENDING", "EXPIRED"])
@pytest.mark.parametrize(
    ("name", "of"),
    [("contacts:requests", None), ("alumni:detail", "alum"), ("contacts:detail", "contact"),
     ("contacts:request", "asked")],
)  # fmt: skip
def test_no_page_says_that_they_have_what_never_arrived(client, student, alum, state, name, of):
    asked = RequestFactory(student=student, alum=alum, state=state, asked_at=AT)
    about = {"alum": alum, "asked": asked, "contact": ContactFactory(student=student, alum=alum)}
    mail = AlumniMail.objects.create(request=asked, kind="REMINDER", due_at=AT, failed_at=LATER)
    client.force_login(student)
    url = reverse(name, args=[about[of].pk] if of else [])
    assert "the mail came back" not in client.get(url).text.lower()
    AlumniMail.objects.filter(pk=mail.pk).update(kind="REQUEST")

    shown = client.get(url).text

    assert "the mail came back" in shown.lower()
    assert "Waiting for an answer" not in shown
    assert "They have until" not in shown


@pytest.mark.parametrize(
    ("state", "is_new"), [("PENDING", False), ("DECLINED", False), ("WITHDRAWN", True)]
)
def test_record_of_whom_one_asked_leads_to_the_card_that_is_there(client, student, state, is_new):
    asked = RequestFactory(student=student, state=state, asked_at=AT)
    client.force_login(student)

    shown = client.get(asked.alum.get_absolute_url()).text

    assert ("Make a contact" in shown) is is_new
    assert ("Open their card" in shown) is not is_new
    assert ("What happens then" in shown) is is_new


@pytest.mark.parametrize(("times", "todo"), [(TIMES, "Choose a time"), ([AT], "Agree on a time")])
def test_no_page_asks_to_choose_among_times_that_have_passed(client, student, times, todo):
    asked = RequestFactory(student=student, state="ACCEPTED", offered_times=times, asked_at=AT)
    card = ContactFactory(student=student, alum=asked.alum)
    client.force_login(student)

    assert f'<span class="due">{todo}</span>' in client.get(reverse("contacts:requests")).text
    assert ("Choose one of the times." in client.get(card.get_absolute_url()).text) is (
        todo == "Choose a time"
    )


def test_times_stand_by_the_students_clock(client, student, alum):
    student.time_zone = "Europe/Berlin"
    student.save()
    asked = RequestFactory(student=student, alum=alum, state="ACCEPTED", offered_times=TIMES)
    client.force_login(student)

    assert "Saturday, March 21, 5:00 p.m." in page(client, asked).content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("state", ["PENDING", "ACCEPTED", "DECLINED"])
def test_page_asks_as_much_for_many_as_for_one(
    client, student, state, number, django_assert_num_queries
):
    for _ in range(number):
        asked = RequestFactory(student=student, state=state, named_name="Ann", asked_at=AT)
        ContactFactory(student=student, alum=asked.alum)
    client.force_login(student)

    # Session, user, request, contact; whom they named; whether its mail came back.
    with django_assert_num_queries(6):
        page(client, asked)


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_much_for_many_as_for_one(client, student, number, django_assert_num_queries):
    RequestFactory.create_batch(number, student=student)
    RequestFactory()
    client.force_login(student)

    # Session, user, number of all, one page.
    with django_assert_num_queries(4):
        answered = client.get(reverse("contacts:requests"))
    assert len(answered.context["page_obj"]) == number


def test_empty_list_teaches_the_first_step(client, student):
    client.force_login(student)

    assert "Ask your first alum" in client.get(reverse("contacts:requests")).content.decode()


def test_contact_leads_to_the_request(client, asked, student):
    client.force_login(student)

    shown = client.get(Contact.objects.get().get_absolute_url()).content.decode()

    assert reverse("contacts:request", args=[asked.pk]) in shown


def test_taking_a_time_by_its_button(client, student, alum):
    asked = RequestFactory(student=student, alum=alum, state="ACCEPTED", offered_times=TIMES)
    client.force_login(student)
    url = reverse("contacts:request_take_time", args=[asked.pk])

    answered = client.post(url, {"time": TIMES[0].isoformat()}, follow=True)

    asked.refresh_from_db()
    assert asked.taken_time == TIMES[0]
    assert "hears that you take this time" in answered.content.decode()


@pytest.mark.parametrize(
    "time", ["", "soon", "2026-03-21", "2026-03-21T16:00:00", "2026-13-41T99:00:00Z", "\x00", "🙂",
             "2026-03-22T00:00:00Z", "9" * 5000]
)  # fmt: skip
def test_wrong_time_changes_nothing(client, student, alum, time):
    asked = RequestFactory(student=student, alum=alum, state="ACCEPTED", offered_times=TIMES)
    client.force_login(student)
    url = reverse("contacts:request_take_time", args=[asked.pk])

    answered = client.post(url, {"time": time})

    asked.refresh_from_db()
    assert (answered.status_code, asked.taken_time) == (302, None)


def test_taking_back_twice_says_so(client, asked, student):
    client.force_login(student)
    url = reverse("contacts:request_withdraw", args=[asked.pk])

    client.post(url)
    again = client.post(url, follow=True)

    assert "no longer waiting" in again.content.decode()


@pytest.mark.parametrize(("may_use_name", "permission"), [(True, "YES"), (False, "NO")])
def test_one_click_takes_over_whom_they_named(client, student, alum, may_use_name, permission):
    """G22"""
    asked = RequestFactory(
        student=student, alum=alum, state="DECLINED", named_name="Ann Lee",
        named_email="ann@example.org", named_about="Edits the Sunday pages",
        may_use_name=may_use_name,
    )  # fmt: skip
    client.force_login(student)
    url = reverse("contacts:request_named", args=[asked.pk])

    client.post(url)
    client.post(url)

    ann = Contact.objects.get(name="Ann Lee")
    assert (ann.email, ann.referred_by.alum, ann.name_permission) == (
        "ann@example.org", alum, permission,
    )  # fmt: skip
    assert ann.other_details == "Edits the Sunday pages"
    assert "Open their card" in page(client, asked).content.decode()


def test_taking_over_nobody_says_so(client, student, alum):
    asked = RequestFactory(student=student, alum=alum, state="DECLINED")
    client.force_login(student)

    answered = client.post(reverse("contacts:request_named", args=[asked.pk]), follow=True)

    assert "Imani Brooks named nobody." in answered.content.decode()


HIDDEN = {
    "employer": "Valley Courier", "job_title": "Night editor", "city": "Northampton",
    "region": "Massachusetts", "country": "Atlantis", "majors": ["Geology"],
    "fields_of_work": ["Journalism"], "class_year": 1987, "email": "imani@example.org",
    "phone": "413 555 0119",
}  # fmt: skip
WORDS = ["Valley Courier", "Night editor", "Northampton", "Massachusetts", "Atlantis", "Geology",
         "Journalism", "1987", "imani@example.org", "413 555 0119"]  # fmt: skip


@pytest.mark.parametrize("who", ["student", "advisor"])
def test_what_an_alum_hides_is_nowhere(client, request, who, student):
    """On no page, in no contact, in no words that CareerHub begins, in no export."""
    alum = AlumFactory(name="Imani Brooks", hidden_fields=list(HIDDEN), **HIDDEN)
    asked = RequestFactory(student=student, alum=alum, state="EXPIRED", asked_at=AT)
    client.force_login(request.getfixturevalue(who))
    pages = [alum.get_absolute_url(), "/alumni/", "/alumni/?q=imani"]
    if who == "student":
        client.post(reverse("contacts:from_alum", args=[alum.pk]))
        contact = Contact.objects.get(student=student)
        pages += [
            f"/letters/ask/{alum.pk}/", contact.get_absolute_url(),
            f"/contacts/requests/{asked.pk}/", "/contacts/", "/record/cards/", "/record/binder/",
            reverse("records:export_csv"), reverse("records:export_vcards"),
            reverse("contacts:edit", args=[contact.pk]),
        ]  # fmt: skip

    for url in pages:
        shown = client.get(url).content.decode()
        assert [word for word in WORDS if word in shown] == [], url


def test_staff_see_what_an_alum_hides(client, staff):
    alum = AlumFactory(name="Imani Brooks", hidden_fields=list(HIDDEN), **HIDDEN)
    client.force_login(staff)

    shown = client.get(alum.get_absolute_url()).content.decode()

    assert [word for word in WORDS if word not in shown] == []


def test_making_a_contact_again_brings_what_is_open_now(client, student, alum):
    alum.paused_until = date(2026, 3, 17)
    alum.save()
    client.force_login(student)
    url = reverse("contacts:from_alum", args=[alum.pk])

    client.post(url)
    before = Contact.objects.get().email
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        client.post(url)

    assert (before, Contact.objects.get().email) == ("", "imani@example.org")


def test_link_in_an_answer_can_be_followed_and_markup_cannot(client, asked, student):
    answer(asked, "ACCEPTED", reply="Here: https://meet.example.org/abc\n\n<b>Soon</b>")
    client.force_login(student)

    page = client.get(reverse("contacts:request", args=[asked.pk])).text

    assert 'href="https://meet.example.org/abc"' in page
    assert "<p>&lt;b&gt;Soon&lt;/b&gt;</p>" in page
