"""Two records become one and two again: nothing is lost, and the strictest answer wins."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, connections

from alumni import actions, links
from alumni.actions import desk
from alumni.merging import our_links, parts_of, what_hangs_on
from alumni.models import (
    Alum,
    AlumMerge,
    AlumniMail,
    Campaign,
    DeskChange,
    DuplicatePair,
    ImportRow,
    Removal,
    Request,
)
from alumni.removal import digests_of
from alumni.strictest import strictest
from contacts.duplicates import pairs_of
from contacts.models import Contact
from core.relations import links_to, name_of
from reminders.models import Reminder
from roster.models import Graduate, Graduation
from tests.alumni.test_import_actions import run
from tests.factories import AlumFactory, ContactFactory, RequestFactory, UserFactory

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
# What follows by an announcement, and what stands in an order of its own.
ELSEWHERE = {
    "contacts.Contact.alum", "roster.Graduate.alum",
    "alumni.DuplicatePair.one", "alumni.DuplicatePair.other",
}  # fmt: skip


@pytest.fixture
def pair():
    AlumFactory()
    older = AlumFactory(
        name="Bob Smith", given_name="Bob", family_name="Smith", email="bob@a.org",
        employer="NEPM", majors=["Film"],
    )  # fmt: skip
    newer = AlumFactory(
        name="Robert Q. Smith", given_name="Robert Q.", family_name="Smith", email="rs@b.org",
        phone="+14135550136", majors=["film", "Law"], employer="Valley Courier",
    )  # fmt: skip
    return older, newer


def merge(pair, staff, **choices) -> AlumMerge:
    return actions.merge(*pair, choices=choices, by=staff, at=AT)


def hang_something_on(alum: Alum) -> None:
    """A row behind every foreign key to an alum; a new key without one fails a test below."""
    campaign = Campaign.objects.create()
    listed = run("Name,Mail\nNobody Atall,no@body.org\n")
    RequestFactory(alum=alum, state="DECLINED", asked_at=AT, expires_at=LATER)
    AlumniMail.objects.create(kind="CAMPAIGN", alum=alum, campaign=campaign, due_at=AT)
    DeskChange.objects.create(alum=alum, changed_at=AT, changes={"phone": ["", "1"]})
    ImportRow.objects.create(of_import=listed, number=99, outcome="UNCHANGED", alum=alum)
    ContactFactory(alum=alum)
    Graduate.objects.create(
        alum=alum, student=UserFactory(),
        graduation=Graduation.objects.create(class_year=2026, graduated_on=AT),
    )  # fmt: skip
    AlumMerge.objects.create(
        kept=alum, merged_pk=987654, merged_at=AT, merged_version=1, kept_version=1,
        before={"merged": {"name": "Somebody"}}, undone_at=AT,
    )  # fmt: skip
    third, fourth = AlumFactory(), AlumFactory()
    for other in (third, fourth):
        DuplicatePair.objects.create(one=alum, other=other, score=70, found_at=AT, of_import=listed)
    first = Alum.objects.earliest("pk")
    DuplicatePair.objects.create(one=first, other=alum, score=70, found_at=AT, apart_at=AT)


def everything() -> dict[str, list[dict]]:
    """Each row of each table of ours, but for the record of the merge and the words of search."""
    left_out = {"alumni.SearchTerm", "alumni.FacetCounts"}
    rows = {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in ("alumni", "contacts", "roster")
        and model._meta.label not in left_out
    }
    rows["alumni.AlumMerge"] = [row for row in rows["alumni.AlumMerge"] if row["before"]]
    for row in rows["alumni.DuplicatePair"]:
        row.pop("id")
    rows["alumni.DuplicatePair"].sort(key=lambda row: (row["one_id"], row["other_id"]))
    for mail in rows["alumni.AlumniMail"]:
        for clock in ("created_at", "updated_at"):
            mail.pop(clock)
    return rows


def pointing_to(alum: Alum) -> dict[str, set]:
    """Found from the side of the tables, and not as the code finds them."""
    return {
        name_of(field): set(
            model._base_manager.filter(**{field.name: alum.pk}).values_list("pk", flat=True)
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Alum
    }


# Nothing is lost


def test_every_foreign_key_to_an_alum_moves(pair):
    """Whoever adds one adds a row for it above, and says who moves it."""
    hang_something_on(pair[1])

    there = pointing_to(pair[1])

    assert {name for name, rows in there.items() if not rows} == set()
    assert {name_of(link) for link in links_to(Alum)} == set(there)
    assert {name_of(link) for link in our_links()} | ELSEWHERE == set(there)


def test_what_pointed_to_either_points_to_the_one(pair, staff):
    kept, merged = pair
    hang_something_on(kept), hang_something_on(merged)
    before = {name: rows | pointing_to(merged)[name] for name, rows in pointing_to(kept).items()}
    pairs = {name for name in before if "DuplicatePair" in name}

    done = merge(pair, staff)

    after = pointing_to(kept)
    after["alumni.AlumMerge.kept"] -= {done.pk}
    assert {name: rows for name, rows in after.items() if name not in pairs} == {
        name: rows for name, rows in before.items() if name not in pairs
    }
    assert sum(len(after[name]) for name in pairs) == 5  # The first of all was apart from both.
    assert not Alum.objects.filter(pk=merged.pk).exists()


def test_undo_brings_back_every_row_as_it_was(pair, staff):
    hang_something_on(pair[0]), hang_something_on(pair[1])
    campaign = Campaign.objects.create()
    for alum in pair:
        AlumniMail.objects.create(kind="CAMPAIGN", alum=alum, campaign=campaign, due_at=AT)
    DuplicatePair.objects.create(one=pair[0], other=pair[1], score=90, found_at=AT)
    student = UserFactory()
    for alum in pair:
        ContactFactory(student=student, alum=alum)
    before = everything()

    done = merge(pair, staff)
    assert everything() != before
    actions.undo_merge(done, by=staff, at=LATER)

    assert everything() == before


def test_who_merged_and_who_took_apart_is_written_down(pair, staff, administrator):
    done = merge(pair, staff)
    assert (done.merged_by, done.merged_at, done.merged_pk) == (staff, AT, pair[1].pk)

    actions.undo_merge(done, by=administrator, at=LATER)

    done.refresh_from_db()
    assert (done.undone_by, done.undone_at) == (administrator, LATER)
    assert done.before == {}  # Nothing of either person is kept twice.


# What stands


def test_without_a_choice_the_fuller_name_and_the_newer_value_stand(pair, staff):
    merge(pair, staff)

    kept = Alum.objects.get(pk=pair[0].pk)
    assert (kept.name, kept.given_name, kept.email) == (
        "Robert Q. Smith", "Robert Q.", "rs@b.org",
    )  # fmt: skip
    assert (kept.phone, kept.majors) == ("+14135550136", ["Film", "Law"])


def test_the_choice_stands(pair, staff):
    merge(pair, staff, name="kept", email="kept", employer="kept", majors="merged", phone="forged")

    kept = Alum.objects.get(pk=pair[0].pk)
    assert (kept.name, kept.email, kept.employer) == ("Bob Smith", "bob@a.org", "NEPM")
    assert (kept.majors, kept.phone) == (["film", "Law"], "+14135550136")


def test_only_what_both_know_differently_is_asked(pair):
    assert [part.key for part in parts_of(*pair) if part.is_open] == [
        "name", "email", "employer", "majors",
    ]  # fmt: skip


DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("field", "one", "other", "wins"),
    [
        ("consent", "YES", "NO", "NO"),
        ("consent", "UNKNOWN", "NO", "NO"),
        ("consent", "YES", "UNKNOWN", "UNKNOWN"),
        ("consent", "YES", "YES", "YES"),
        ("ask_by", "", "EMAIL", "EMAIL"),
        ("ask_by", "PHONE", "PHONE", "PHONE"),
        ("ask_by", "PHONE", "EMAIL", "CAREERHUB"),
        ("ask_by", "CAREERHUB", "", "CAREERHUB"),
        ("hidden_fields", ["phone"], ["email", "phone"], ["email", "phone"]),
        ("paused_until", None, DAY, DAY),
        ("paused_until", DAY, DAY + timedelta(days=1), DAY + timedelta(days=1)),
        ("requests_per_month", None, None, None),
        ("requests_per_month", None, 1, 1),
        ("requests_per_month", None, 5, None),
        ("requests_per_month", 4, 3, 3),
        ("requests_per_month", 0, None, 0),
        ("days_between_requests", None, 30, 30),
        ("days_between_requests", None, 3, None),
        ("days_between_requests", 9, 8, 9),
    ],
)
def test_strictest_answer_wins_whichever_record_has_it(field, one, other, wins):
    """The office's own: two requests in a month, seven days between two."""
    first, second = Alum(**{field: one}), Alum(**{field: other})

    for pair in ((first, second), (second, first)):
        assert strictest(*pair, per_month=2, days_between=7)[field] == wins


def test_merging_with_a_no_ends_what_waits(pair, staff):
    kept, merged = pair
    waiting = RequestFactory(alum=merged, asked_at=AT, expires_at=AT + timedelta(days=9))
    Alum.objects.filter(pk=kept.pk).update(consent="NO")

    merge(pair, staff)

    waiting.refresh_from_db()
    assert (waiting.alum_id, waiting.state) == (kept.pk, Request.State.DECLINED)
    assert Reminder.objects.filter(request=waiting, kind="REQUEST_CLOSED").exists()
    assert Alum.objects.get(pk=kept.pk).consent == "NO"


# Students' contacts


def test_a_student_with_both_keeps_both_and_is_asked(pair, staff, student):
    mine = [ContactFactory(student=student, alum=alum, name=alum.name) for alum in pair]
    theirs = ContactFactory(alum=pair[1])

    done = merge(pair, staff)

    assert [Contact.objects.get(pk=one.pk).alum_id for one in mine] == [pair[0].pk, None]
    assert Contact.objects.get(pk=theirs.pk).alum_id == pair[0].pk
    assert [(one.one, one.other) for one in pairs_of(student)] == [(mine[0].pk, mine[1].pk)]

    actions.undo_merge(done, by=staff, at=LATER)
    assert [Contact.objects.get(pk=one.pk).alum_id for one in mine] == [one.pk for one in pair]


# Refusals


def test_a_student_who_waits_for_both_is_not_left_hanging(pair, staff, student):
    for alum in pair:
        RequestFactory(alum=alum, student=student, asked_at=AT, expires_at=LATER)

    with pytest.raises(actions.CannotMerge, match="waits for two answers"):
        merge(pair, staff)
    assert Alum.objects.filter(pk__in=[one.pk for one in pair]).count() == 2


def test_a_campaign_writes_to_the_one_person_once(pair, staff):
    campaign = Campaign.objects.create()
    owed, sent = (
        AlumniMail.objects.create(
            kind="CAMPAIGN", alum=alum, campaign=campaign, due_at=AT, sent_at=sent_at
        )
        for alum, sent_at in zip(pair, (None, AT), strict=True)
    )

    done = merge(pair, staff)
    assert list(AlumniMail.objects.values_list("pk", "alum")) == [(sent.pk, pair[0].pk)]

    actions.undo_merge(done, by=staff, at=LATER)
    assert set(AlumniMail.objects.values_list("pk", "alum")) == {
        (owed.pk, pair[0].pk), (sent.pk, pair[1].pk),
    }  # fmt: skip


def test_undo_is_refused_where_a_later_edit_stands_in_the_way(pair, staff):
    done = merge(pair, staff)
    desk.change(pair[0], to={"employer": "The Gazette"}, at=LATER)

    with pytest.raises(actions.CannotUndo, match="edited since they were merged: employer"):
        actions.undo_merge(done, by=staff, at=LATER)
    assert Alum.objects.get(pk=pair[0].pk).employer == "The Gazette"


def test_undo_is_refused_where_the_address_is_another_persons(pair, staff):
    done = merge(pair, staff, email="kept")
    AlumFactory(email="RS@b.org")

    with pytest.raises(actions.CannotUndo, match=r"has the e-mail rs@b\.org by now"):
        actions.undo_merge(done, by=staff, at=LATER)


def test_merges_come_apart_in_the_opposite_order(pair, staff):
    first = merge(pair, staff)
    third = AlumFactory(name="Bobby Smith")
    second = actions.merge(pair[0], third, choices={}, by=staff, at=AT)

    with pytest.raises(actions.CannotUndo, match="Bobby Smith was merged into this record later"):
        actions.undo_merge(first, by=staff, at=LATER)

    actions.undo_merge(second, by=staff, at=LATER)
    actions.undo_merge(first, by=staff, at=LATER)
    with pytest.raises(actions.CannotUndo, match="apart already"):
        actions.undo_merge(first, by=staff, at=LATER)
    assert Alum.objects.filter(pk__in=[pair[0].pk, pair[1].pk, third.pk]).count() == 3


# The desk, lists and removal


def test_links_of_the_merged_lead_to_the_one_until_they_are_revoked(pair, staff):
    request = RequestFactory(alum=pair[1], asked_at=AT, expires_at=LATER)
    token = links.sign(pair[1], at=AT, request=request)

    merge(pair, staff)
    link = links.read(token, at=LATER)
    assert (link.alum, link.request, link.is_current) == (pair[0], request, True)

    desk.make_links_useless(pair[0])
    assert not links.read(token, at=LATER).is_current


def test_links_lead_on_through_two_merges(pair, staff):
    token = links.sign(pair[1], at=AT)
    first = AlumFactory(name="Bobby Smith", desk_version=3)
    Alum.objects.filter(pk=first.pk).update(id=1)
    first = Alum.objects.get(pk=1)
    merge(pair, staff)

    second = actions.merge(first, pair[0], choices={}, by=staff, at=AT)
    assert links.read(token, at=LATER).alum == first
    assert links.read(token, at=LATER).is_current

    actions.undo_merge(second, by=staff, at=LATER)
    assert links.read(token, at=LATER).alum == pair[0]
    assert links.read(token, at=LATER).is_current


def test_removal_of_the_one_keeps_out_what_was_not_chosen(pair, staff):
    merge(pair, staff, email="kept")

    desk.remove(pair[0], at=LATER)

    assert digests_of(email="rs@b.org", external_id="") <= set(
        Removal.objects.values_list("digest", flat=True)
    )
    assert not AlumMerge.objects.exists()


def test_undoing_an_import_after_a_merge_keeps_the_one(staff):
    known = AlumFactory(name="Bob Smith", family_name="Smith", email="bob@a.org")
    done = run("Name,Mail,Class\nRobert Smith,rs@b.org,2011\nWen Li,wl@b.org,2011\n")
    brought = Alum.objects.get(email="rs@b.org")
    merged = actions.merge(known, brought, choices={}, by=staff, at=AT)

    actions.undo_import(done, at=LATER)

    assert list(Alum.objects.all()) == [known]
    actions.undo_merge(merged, by=staff, at=LATER)
    assert set(Alum.objects.values_list("email", flat=True)) == {"bob@a.org", "rs@b.org"}


def test_undoing_an_import_after_a_merge_was_undone_takes_the_newcomer(staff):
    known = AlumFactory(name="Bob Smith", family_name="Smith", email="bob@a.org")
    done = run("Name,Mail,Class\nRobert Smith,rs@b.org,2011\n")
    merged = actions.merge(known, Alum.objects.get(email="rs@b.org"), choices={}, by=staff, at=AT)
    actions.undo_merge(merged, by=staff, at=AT)

    actions.undo_import(done, at=LATER)

    assert [one.email for one in Alum.objects.all()] == ["bob@a.org"]


def test_what_hangs_on_either_is_said_in_words(pair):
    hang_something_on(pair[1])

    assert sorted(what_hangs_on(pair[1])) == [
        "1 change on their desk", "1 graduate", "1 mail to them", "1 request of a student",
        "1 row of a list", "1 student’s contact",
    ]  # fmt: skip


# At once


def at_once(*deeds) -> list[str]:
    said = []
    barrier = threading.Barrier(len(deeds))

    def do(deed) -> None:
        try:
            barrier.wait(timeout=10)
            deed()
            said.append("done")
        except actions.CannotMerge as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_from_both_ends_make_one(staff):
    one, other = AlumFactory(), AlumFactory()

    said = at_once(
        lambda: actions.merge(one, other, choices={}, by=staff, at=AT),
        lambda: actions.merge(other, one, choices={}, by=staff, at=AT),
    )

    assert said == ["One of the two is not in the directory any more.", "done"]
    assert AlumMerge.objects.count() == Alum.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_in_a_ring_do_not_wait_for_each_other(staff):
    people = AlumFactory.create_batch(3)

    said = at_once(
        *(
            lambda n=n: actions.merge(people[n - 1], people[n], choices={}, by=staff, at=AT)
            for n in range(3)
        )
    )

    assert said.count("done") in (1, 2)
    assert Alum.objects.count() == 3 - said.count("done")


@pytest.mark.django_db(transaction=True)
def test_a_merge_does_not_run_into_an_import(staff):
    pair = AlumFactory.create_batch(2)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7301401)")
            held.set()
            free.wait(timeout=20)
            cursor.execute("SELECT pg_advisory_unlock(7301401)")
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(timeout=10)
    try:
        with pytest.raises(actions.CannotMerge, match="being imported"):
            merge(pair, staff)
    finally:
        free.set()
        thread.join(timeout=20)


def test_clock_of_either_is_said_as_people_say_it(pair):
    older, newer = pair
    older.time_zone, newer.time_zone = "America/New_York", ""

    (clock,) = [part for part in parts_of(older, newer) if part.key == "time_zone"]

    assert clock.settled_text == "New York time"
