"""Two contacts become one and two again, and nothing is lost on the way."""

import random
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone

from contacts import actions
from contacts.merging import parts_of, what_hangs_on
from contacts.models import Contact, ContactImport, ContactImportEntry, ContactMerge, NotTheSame
from core.relations import links_to, name_of
from interviews import actions as interviews
from reminders.models import Reminder
from tests.factories import (
    AlumFactory,
    ContactFactory,
    InteractionFactory,
    InterviewFactory,
    LetterFactory,
)

# A pair stands in one order, so that it may change its ends; it has a test of its own.
IN_ORDER = {"contacts.NotTheSame.one", "contacts.NotTheSame.other"}
NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _logged_in(client, student):
    client.force_login(student)


@pytest.fixture
def pair(student):
    """Dana twice: the older entry knows the work, the newer one the number."""
    ContactFactory(student=student, name="Somebody before them")
    older = ContactFactory(
        student=student, name="Dana Whitcomb", employer="Valley Courier", email="dana@example.org",
        why="Knows archives.",
    )  # fmt: skip
    newer = ContactFactory(
        student=student, name="D. Whitcomb", phone="413 555 0136", email="dw@example.com",
        why="Met at the fair.",
    )  # fmt: skip
    return older, newer


def merge(pair, **choices) -> ContactMerge:
    return actions.merge(*pair, choices=choices, at=NOON)


def undo(done: ContactMerge) -> tuple[Contact, Contact]:
    return actions.undo_merge(done, at=NOON)


def hang_something_on(contact: Contact, n: int = 1) -> None:
    """A row behind every foreign key to a contact; a new key without one fails a test below."""
    student = contact.student
    of_file = ContactImport.objects.create(student=student, file_name="a", kind="vCards")
    for number in range(n):
        InteractionFactory(contact=contact)
        InterviewFactory(contact=contact)
        LetterFactory(contact=contact)
        ContactFactory(student=student, referred_by=contact)
        ContactImportEntry.objects.create(file=of_file, number=number, contact=contact)
        ContactMerge.objects.create(
            student=student, kept=contact, before={"merged": {"name": "Somebody"}}
        )
    actions.say_two_people(contact, ContactFactory(student=student))
    actions.say_two_people(contact, Contact.objects.filter(student=student).earliest("pk"))


def everything() -> dict[str, list[dict]]:
    """Each row of each table of ours, but for the record of the merge itself."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in ("contacts", "interviews", "letters", "reminders", "records")
        and model is not ContactMerge
    }


def keys_to_a_contact() -> list[ForeignKey]:
    """Found from the side of the tables, and not as the code finds them."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Contact
    ]


def pointing_to(contact: Contact) -> dict[str, set[int]]:
    return {
        str(key): set(
            key.model._base_manager.filter(**{key.name: contact.pk}).values_list("pk", flat=True)
        )
        for key in keys_to_a_contact()
    }


# Nothing is lost


def test_every_foreign_key_to_a_contact_is_known(student):
    """Whoever adds one adds a row for it above."""
    ContactFactory(student=student)
    contact = ContactFactory(student=student)

    hang_something_on(contact)

    assert {name_of(link) for link in links_to(Contact)} == set(pointing_to(contact))
    assert {name for name, rows in pointing_to(contact).items() if not rows} == set()


def test_what_pointed_to_either_points_to_the_one(pair, student):
    kept, merged = pair
    hang_something_on(kept)
    hang_something_on(merged, n=3)
    before = {name: pointing_to(kept)[name] | rows for name, rows in pointing_to(merged).items()}
    counts = {label: len(rows) for label, rows in everything().items()}

    done = merge(pair)

    after = pointing_to(kept)
    after["contacts.ContactMerge.kept"].discard(done.pk)
    assert {k: v for k, v in after.items() if k not in IN_ORDER} == {
        k: v for k, v in before.items() if k not in IN_ORDER
    }
    now = {label: len(rows) for label, rows in everything().items()}
    changed = {label for label in now if counts[label] != now[label]}
    assert changed - {"contacts.NotTheSame"} == {"contacts.Contact"}
    assert not Contact.objects.filter(pk=merged.pk).exists()


def test_who_is_not_the_one_that_went_is_not_the_one_that_stayed(pair, student):
    kept, merged = pair
    third, fourth = ContactFactory.create_batch(2, student=student)
    for one, other in [(kept, merged), (kept, third), (merged, third), (merged, fourth)]:
        actions.say_two_people(other, one)
    before = everything()

    done = merge(pair)
    apart = set(NotTheSame.objects.values_list("one", "other"))
    undo(done)

    assert apart == {(kept.pk, third.pk), (kept.pk, fourth.pk)}
    assert everything() == before


def test_a_row_that_cannot_move_stops_the_merge(pair, monkeypatch):
    """A key that this code does not know of must not cost what hangs on it."""
    kept, merged = pair
    InteractionFactory(contact=merged)
    monkeypatch.setattr(actions.merging, "_move", lambda merged, kept: {})
    before = everything()

    with pytest.raises(actions.SomethingStays):
        actions.merge(kept, merged, choices={}, at=NOON)

    # The transaction of the test is broken off by the inner one alone.
    assert everything() == before


def test_values_that_are_not_chosen_stand_beside(pair):
    kept, _ = pair

    merge(pair, email="kept", name="merged", why="merged")

    kept.refresh_from_db()
    assert (kept.name, kept.email) == ("D. Whitcomb", "dana@example.org")
    assert (kept.employer, kept.phone) == ("Valley Courier", "413 555 0136")
    assert kept.why == "Met at the fair."
    assert kept.other_details.splitlines() == [
        "Name: Dana Whitcomb",
        "E-mail: dw@example.com",
        "Why this person: Knows archives.",
    ]


def test_every_text_of_both_is_somewhere_afterwards(student):
    """Seeded: whatever is chosen, no word is gone."""
    chance = random.Random(9)
    for _ in range(25):
        kept, merged = any_contact(student, chance), any_contact(student, chance)
        words = {
            text for part in parts_of(kept, merged) for text in (part.kept_text, part.merged_text)
        }
        words |= {kept.other_details, merged.other_details}
        choices = {
            part.key: chance.choice(["kept", "merged", "both"]) for part in parts_of(kept, merged)
        }

        merge((kept, merged), **choices)

        kept = Contact.objects.with_people().get(pk=kept.pk)
        itself = parts_of(kept, Contact(pk=0, student=student, name="x", updated_at=NOON))
        there = "\n".join([*(part.kept_text for part in itself), kept.other_details])
        assert [word for word in words if word not in there] == []


def any_contact(student, chance: random.Random) -> Contact:
    def some(*texts):
        return chance.choice(["", *texts])

    people = list(Contact.objects.filter(student=student)[:5])
    return ContactFactory(
        student=student,
        name=chance.choice(["Dana", "Dana Whitcomb", "D. Whitcomb"]),
        job_title=some("Editor", "Features editor"),
        employer=some("Courier"),
        email=some("a@example.org", "b@example.org"),
        phone=some("413 555 0136", "413 555 0137"),
        address=some("Elm St", "Oak St\nHadley"),
        website=some("https://a.example"),
        other_details=some("Plays chess", "Born in May"),
        time_zone=some("America/Denver", "Asia/Tokyo"),
        source=some("FAMILY", "PEER"),
        source_note=some("At lunch", "At the fair"),
        why=some("Knows archives", "Knows film"),
        referred_by=chance.choice([None, *people]),
        name_permission=chance.choice(["NOT_ASKED", "YES", "NO"]),
        alum=chance.choice([None, AlumFactory()]),
    )


# What is chosen for one


def test_filled_beats_blank_and_newer_beats_older(pair):
    """Nobody has to choose where one of the two knows nothing."""
    parts = {part.key: part for part in parts_of(*pair)}

    assert {key for key, part in parts.items() if part.is_open} == {"name", "email", "why"}
    assert parts["employer"].default == "kept"
    assert parts["phone"].default == "merged"
    assert parts["email"].default == "merged"
    assert parts["why"].default == "both"


def test_a_full_name_beats_a_short_one(student):
    full = ContactFactory(student=student, name="Dana Whitcomb")
    short = ContactFactory(student=student, name="Dana")

    names = [
        next(p for p in parts_of(*both) if p.key == "name")
        for both in [(full, short), (short, full)]
    ]

    assert [name.default for name in names] == ["kept", "merged"]


def test_two_texts_that_do_not_fit_together_are_not_offered_together(student):
    kept, merged = (ContactFactory(student=student, name="D", why=c * 1500) for c in "ab")

    part = next(part for part in parts_of(kept, merged) if part.key == "why")
    merge((kept, merged), why="both")

    kept.refresh_from_db()
    assert part.default == "merged"
    assert kept.why == "b" * 1500
    assert "a" * 1500 in kept.other_details


def test_leave_to_use_a_name_stays_with_whose_name_it_is(student):
    """G22: a yes of one is no yes of another."""
    rosa, ike = ContactFactory.create_batch(2, student=student)
    kept = ContactFactory(student=student, name="D", referred_by=rosa, name_permission="NOT_ASKED")
    merged = ContactFactory(student=student, name="D", referred_by=ike, name_permission="YES")

    merge((kept, merged), referred_by="kept")

    kept.refresh_from_db()
    assert (kept.referred_by, kept.name_permission) == (rosa, "NOT_ASKED")
    assert f"{ike} (Yes, I may use their name)" in kept.other_details


@pytest.mark.parametrize("is_turned", [False, True])
def test_nobody_comes_to_refer_themselves(pair, is_turned):
    """G22"""
    one, other = pair
    other.referred_by = one
    other.save()
    before = everything()

    done = merge((other, one) if is_turned else (one, other))
    is_of_nobody = Contact.objects.get(pk=done.kept_id).referred_by is None
    undo(done)

    assert is_of_nobody
    assert everything() == before


def test_one_alum_stays_one_contact(student):
    alum, other_alum = AlumFactory(name="Imani Brooks"), AlumFactory()
    kept = ContactFactory(student=student, name="I", alum=alum)
    merged = ContactFactory(student=student, name="I", alum=other_alum)
    before = everything()

    done = merge((kept, merged), alum="merged")
    kept.refresh_from_db()
    has = kept.alum
    undo(done)

    assert has == other_alum
    assert "In the alumni directory: Imani Brooks, class of 2011" in kept.other_details
    assert everything() == before


def test_details_that_do_not_fit_are_refused_in_words(client, student):
    kept, merged = (ContactFactory(student=student, name="D", other_details=c * 3000) for c in "ab")

    answer = client.post(reverse("contacts:merge", args=[kept.pk, merged.pk]))

    assert answer.status_code == 422
    assert "Shorten “More about them”" in answer.content.decode()
    assert student.contacts.count() == 2


# Two again


def test_merge_and_undo_leave_every_row_as_it_was(student):
    """Seeded: any two contacts, any choices, whatever hangs on them."""
    chance = random.Random(22)
    ContactFactory(student=student)
    for _ in range(20):
        kept, merged = any_contact(student, chance), any_contact(student, chance)
        for contact in (kept, merged):
            if chance.random() < 0.5:
                hang_something_on(contact, n=chance.randint(1, 2))
        ContactMerge.objects.all().delete()  # These are for the tests of chains.
        if chance.random() < 0.3:
            merged.referred_by = kept
            merged.save()
        before = everything()
        choices = {
            part.key: chance.choice(["kept", "merged", "both"]) for part in parts_of(kept, merged)
        }

        done = merge((kept, merged), **choices)
        assert everything() != before
        undo(done)

        assert everything() == before


def test_what_came_since_stays_with_the_kept_one(pair, student):
    kept, merged = pair
    moved, gone = InteractionFactory.create_batch(2, contact=merged)
    done = merge(pair)
    kept.refresh_from_db()
    kept.phone = "413 555 9999"
    kept.save()
    new = InteractionFactory(contact=kept)
    gone.delete()

    kept, back = undo(done)

    assert set(kept.interactions.all()) == {new}
    assert set(back.interactions.all()) == {moved}
    assert (kept.phone, kept.email) == ("413 555 9999", "dana@example.org")
    assert (back.phone, back.email) == ("413 555 0136", "dw@example.com")


def test_who_was_led_elsewhere_since_stays_there(pair, student):
    _, merged = pair
    led, referrer = (
        ContactFactory(student=student, referred_by=merged),
        ContactFactory(student=student),
    )
    done = merge(pair)
    Contact.objects.filter(pk=led.pk).update(referred_by=referrer)

    undo(done)

    led.refresh_from_db()
    assert led.referred_by == referrer


def test_what_was_deleted_since_is_not_pointed_to(student):
    referrer = ContactFactory(student=student)
    alum, third = AlumFactory(), ContactFactory(student=student)
    kept = ContactFactory(student=student, name="D")
    merged = ContactFactory(student=student, name="D", referred_by=referrer, alum=alum)
    actions.say_two_people(merged, third)
    done = merge((kept, merged))
    for row in (referrer, alum, third):
        row.delete()

    _, back = undo(done)

    assert (back.referred_by, back.alum) == (None, None)
    assert not NotTheSame.objects.exists()


def test_merges_come_apart_in_their_order(student):
    """The later one first; the earlier one is refused with a word on why."""
    first, second, third = (
        ContactFactory(student=student, name="D", phone=f"413 555 010{n}") for n in "123"
    )
    before = everything()
    early = merge((second, third))
    late = merge((first, second))

    with pytest.raises(actions.CannotUndo, match="You merged D into this one later"):
        undo(early)
    undo(late)
    early.refresh_from_db()
    undo(early)

    assert everything() == before
    with pytest.raises(actions.CannotUndo, match="apart already"):
        undo(late)


def test_an_alum_taken_since_stops_the_undo(student):
    alum = AlumFactory()
    kept = ContactFactory(student=student, name="D", alum=AlumFactory())
    merged = ContactFactory(student=student, name="D", alum=alum)
    done = merge((kept, merged), alum="kept")
    again = actions.add_from_alum(student, alum=alum)
    before = everything()

    with pytest.raises(actions.CannotUndo, match=f"{again.name} stands for the same person"):
        undo(done)

    assert everything() == before


def test_one_that_is_gone_cannot_be_merged(pair):
    kept, merged = pair
    merge(pair)

    with pytest.raises(actions.OneIsGone):
        actions.merge(kept, Contact(pk=merged.pk, student=kept.student), choices={}, at=NOON)


# What is owed


def test_what_is_owed_goes_on_being_owed_under_the_name_that_stays(pair, client):
    """G16, G38: the rows of the post book are the same, and the page names the kept one."""
    _, merged = pair
    now = timezone.now()
    actions.log_interaction(
        merged, at=now, happened_on=date(2026, 3, 2), channel="EMAIL", direction="OUT",
        promised_call_on=date(2026, 3, 9),
    )  # fmt: skip
    talk = interviews.begin(merged, at=now)
    interviews.hold(talk, held_on=date(2026, 3, 3), at=now)
    before = list(Reminder.objects.order_by("pk").values())

    done = merge(pair, name="kept")

    page = client.get("/").content.decode()
    assert list(Reminder.objects.order_by("pk").values()) == before
    assert before
    assert "Dana Whitcomb" in page
    assert "D. Whitcomb" not in page
    undo(done)
    assert list(Reminder.objects.order_by("pk").values()) == before
    assert mail.outbox == []


# The pages


def test_what_moves_is_said_in_numbers(pair, client):
    kept, merged = pair
    InteractionFactory.create_batch(3, contact=merged)
    InterviewFactory(contact=merged)
    ContactFactory(student=merged.student, referred_by=merged)

    words = [each.in_words for each in what_hangs_on(merged)]
    page = client.get(reverse("contacts:merge", args=[kept.pk, merged.pk])).content.decode()

    assert sorted(words) == ["1 interview", "1 person they named", "3 entries in the log"]
    assert ", ".join(words) in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_three_as_for_one(pair, client, count, django_assert_num_queries):
    kept, merged = pair
    hang_something_on(merged, n=count)

    with django_assert_num_queries(5):  # Session, user, each of the two, what hangs on one.
        client.get(reverse("contacts:merge", args=[kept.pk, merged.pk]))


def test_merging_and_undoing_by_the_pages(pair, client):
    kept, merged = pair
    url = reverse("contacts:merge", args=[kept.pk, merged.pk])

    answer = client.post(url, {"name": "kept", "email": "merged", "why": "both"}, follow=True)
    kept.refresh_from_db()
    done = ContactMerge.objects.get()
    page = answer.content.decode()

    assert (kept.email, kept.why) == ("dw@example.com", "Knows archives.\n\nMet at the fair.")
    assert "You merged “D. Whitcomb” into this contact." in page
    undone = client.post(reverse("contacts:undo_merge", args=[done.pk]), follow=True)
    assert "They are two again: Dana Whitcomb and D. Whitcomb." in undone.content.decode()
    assert "Take them apart" not in client.get(kept.get_absolute_url()).content.decode()
    again = client.post(reverse("contacts:undo_merge", args=[done.pk]), follow=True)
    assert "apart already" in again.content.decode()


@pytest.mark.parametrize(
    "said", [{}, {"name": "kept", "email": "theirs", "why": "both"}], ids=["missing", "tampered"]
)
def test_a_choice_that_is_none_is_refused_in_words(pair, client, said):
    kept, merged = pair

    answer = client.post(reverse("contacts:merge", args=[kept.pk, merged.pk]), said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert "for “E-mail”." in page
    assert Contact.objects.filter(pk=merged.pk).exists()


def test_two_that_agree_need_no_choice(client, student):
    kept, merged = ContactFactory.create_batch(2, student=student, name="Dana Whitcomb")
    url = reverse("contacts:merge", args=[kept.pk, merged.pk])

    page = client.get(url).content.decode()
    client.post(url)

    assert "Nothing to choose" in page
    assert list(student.contacts.all()) == [kept]


def test_strangers_and_advisors_stay_outside(pair, client, other_student, advisor):
    kept, merged = pair
    mine = ContactFactory(student=other_student)
    done = ContactMerge.objects.create(student=kept.student, kept=kept, before={})
    urls = [reverse("contacts:merge", args=[kept.pk, merged.pk])]
    mixed = [
        reverse("contacts:merge", args=[mine.pk, merged.pk]),
        reverse("contacts:merge", args=[merged.pk, mine.pk]),
        reverse("contacts:merge", args=[mine.pk, mine.pk]),
    ]

    client.force_login(other_student)
    assert {client.post(url).status_code for url in urls + mixed} == {404}
    assert client.post(reverse("contacts:undo_merge", args=[done.pk])).status_code == 404
    client.force_login(advisor)
    assert {client.post(url).status_code for url in urls} == {403}
    assert client.post(reverse("contacts:undo_merge", args=[done.pk])).status_code == 403
    assert Contact.objects.filter(pk__in=[kept.pk, merged.pk, mine.pk]).count() == 3
