"""Begun from the record, written block by block, and never lost."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.models import OfficeSettings
from contacts.models import Contact
from letters import actions
from letters.advice import advice_of
from letters.blocks import BLOCKS, added, assemble, replaced
from letters.models import Letter
from letters.openings import Facts, objective, openings
from tests.factories import (
    AlumFactory,
    ContactFactory,
    InterviewFactory,
    LetterFactory,
    LetterReviewFactory,
    PreparedQuestionFactory,
    StudentProfileFactory,
)

# A Monday; the same day of the next week is a Monday, too.
AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
FACTS = Facts(contact="Dana Whitcomb", student="Maya Oyelaran", institution="Mill River College")


@pytest.fixture
def contact(student):
    StudentProfileFactory(
        student=student, class_year=2027, majors=["Film"], phone="413 555 0142",
        background="I edit the arts pages.",
    )  # fmt: skip
    return ContactFactory(student=student, name="Dana Whitcomb", field="Journalism")


@pytest.fixture
def letter(contact):
    return actions.draft(contact, kind=Letter.Kind.REQUEST, at=AT)


def posted(letter, **changes) -> dict:
    blocks = {f"block_{name}": words for name, words in letter.blocks.items()}
    call_on = letter.call_on.isoformat() if letter.call_on else ""
    return {"subject": letter.subject, "call_on": call_on, **blocks, **changes}


def test_request_begins_with_what_the_record_knows(letter):
    """G13: who I am, how I found you, my background, and a talk when it suits them."""
    assert letter.blocks["greeting"] == "Dear Dana Whitcomb,"
    assert letter.blocks["who"] == ("I am a student at Mill River College and study film.")
    assert letter.blocks["background"] == "I edit the arts pages."
    assert "30 minutes" in letter.blocks["ask"]
    assert "convenient" in letter.blocks["ask"]
    assert "413 555 0142" in letter.blocks["signature"]


def test_request_promises_a_call_on_a_working_day_a_week_on(contact):
    """G16"""
    saturday = datetime(2026, 3, 7, 18, 0, tzinfo=UTC)

    letter = actions.draft(contact, kind=Letter.Kind.REQUEST, at=saturday)

    assert letter.call_on == date(2026, 3, 16)
    assert "Monday, March 16" in letter.blocks["close"]


def test_minutes_are_the_offices(contact):
    """G3"""
    OfficeSettings.current()
    OfficeSettings.objects.update(minutes_in_person=25, minutes_by_phone=15)

    letter = actions.draft(contact, kind=Letter.Kind.REQUEST, at=AT)

    assert "25 minutes" in letter.blocks["ask"]
    assert "15 by phone" in letter.blocks["ask"]


@pytest.mark.parametrize(
    ("is_graduate", "is_alum", "says"),
    [
        (False, False, "I am a student at Mill River College."),
        (False, True, "I am a student at Mill River College."),
        (True, True, "I am a fellow alum of Mill River College."),
        (True, False, "I graduated from Mill River College."),
    ],
)
def test_what_two_people_of_one_college_share(is_graduate, is_alum, says):
    """G12"""
    facts = Facts(**{**FACTS.__dict__, "is_graduate": is_graduate, "is_alum": is_alum})

    assert openings("REQUEST", facts)["who"] == says


def test_class_of_the_writer_decides_whether_they_are_a_graduate(contact):
    """G12: on the first of July of that year."""
    contact.alum = AlumFactory()
    contact.save()

    june = actions.draft(contact, kind="REQUEST", at=datetime(2027, 7, 1, 3, tzinfo=UTC))
    june.delete()
    july = actions.draft(contact, kind="REQUEST", at=datetime(2027, 7, 1, 4, tzinfo=UTC))

    assert "student" in june.blocks["who"]
    assert july.blocks["who"] == "I am a fellow alum of Mill River College, class of 2027."


@pytest.mark.parametrize(
    ("permission", "is_named"), [("YES", True), ("NO", False), ("NOT_ASKED", False)]
)
def test_referrer_is_named_with_their_leave_alone(contact, permission, is_named):
    """G11, G22"""
    contact.referred_by = ContactFactory(student=contact.student, name="Lena Ortiz")
    contact.name_permission = Contact.NamePermission(permission)
    contact.save()

    letter = actions.draft(contact, kind="REQUEST", at=AT)

    assert ("Lena Ortiz" in letter.blocks["found"]) is is_named


@pytest.mark.parametrize("template", Letter.Objective.values)
def test_four_ways_to_say_what_one_is_after(template):
    """G14"""
    words = objective(template, field="radio")

    assert "radio" in words
    assert words.endswith(".")


def test_objective_that_is_chosen_fills_its_part(client, student, letter):
    """G14"""
    client.force_login(student)

    client.post(reverse("letters:detail", args=[letter.pk]), posted(letter, objective="STARTING"))

    letter.refresh_from_db()
    assert letter.blocks["objective"] == objective("STARTING", field="Journalism")


def test_objective_in_ones_own_words_is_not_written_over(client, student, letter):
    mine = "I want to know what an editor does all day."
    client.force_login(student)

    client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, objective="STARTING", block_objective=mine),
    )

    letter.refresh_from_db()
    assert (letter.objective, letter.blocks["objective"]) == ("STARTING", mine)


def test_request_that_has_not_gone_out_is_opened_again(contact, letter):
    assert actions.draft(contact, kind="REQUEST", at=AT) == letter
    assert contact.letters.count() == 1


def test_words_that_the_caller_knows_better_come_first(contact):
    """G40: a thank-you begins with the debrief."""
    letter = actions.draft(contact, kind="THANK_YOU", at=AT, blocks={"enjoyed": "The tour."})

    assert letter.blocks["enjoyed"] == "The tour."
    assert list(letter.blocks) == ["greeting", "signature", "enjoyed", "advice", "plan", "close"]


@pytest.mark.parametrize("kind", Letter.Kind.values)
def test_every_part_of_the_whole_is_found_again(kind):
    blocks = {block.name: f"Words of {block.name}." for block in BLOCKS[kind]}

    whole = assemble(kind, blocks)

    assert {span.name: whole.text[span.start : span.end] for span in whole.spans} == blocks
    assert "\n\n\n" not in whole.text


def test_blank_part_leaves_no_gap():
    blocks = {"greeting": "Dear Dana,", "who": " ", "close": "Goodbye.\r\n"}

    assert assemble("REQUEST", blocks).text == "Dear Dana,\n\nGoodbye."


def test_rewrite_lands_in_its_part():
    blocks = {"greeting": "Dear Dan,", "close": "Goodbye Dan."}
    start = assemble("REQUEST", blocks).text.rindex("Dan.")

    new = replaced("REQUEST", blocks, start=start, end=start + 3, words="Dana")

    assert new == {"greeting": "Dear Dan,", "close": "Goodbye Dana."}


def test_rewrite_across_two_parts_changes_nothing():
    blocks = {"greeting": "Dear Dan,", "close": "Goodbye."}

    assert replaced("REQUEST", blocks, start=5, end=15, words="x") == blocks


def test_missing_sentence_is_added_where_nobody_says_to_the_close():
    assert added("REQUEST", {"close": "Goodbye."}, check="nobody", words="I will call.") == {
        "close": "Goodbye. I will call."
    }


def test_changed_letter_is_a_draft_again(letter):
    letter.state = Letter.State.IN_REVIEW
    letter.save()
    LetterReviewFactory(letter=letter)
    words = actions.Words(subject="Another", blocks=letter.blocks, call_on=letter.call_on)

    assert actions.save(letter, words)

    letter.refresh_from_db()
    assert letter.state == Letter.State.DRAFT
    assert not letter.reviews.exists()


def test_letter_saved_unchanged_stays_what_it_was(letter):
    letter.state = Letter.State.READY
    letter.save()
    blocks = {**letter.blocks, "close": f"{letter.blocks['close']}\r\n"}
    words = actions.Words(subject=letter.subject, blocks=blocks, call_on=letter.call_on)

    assert not actions.save(letter, words)

    assert letter.state == Letter.State.READY


def test_page_saves_as_one_types(client, student, letter):
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, block_who="I study at a small college."),
        headers={"HX-Request": "true", "HX-Target": "advice"},
    )

    letter.refresh_from_db()
    assert letter.blocks["who"] == "I study at a small college."
    assert "<html" not in response.text
    assert "Saved." in response.text


def test_odd_day_is_said_and_nothing_is_lost(client, student, letter):
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, call_on="next week", block_who="My new words."),
    )

    assert response.status_code == 422
    assert "My new words." in response.text
    assert "Write the day as year, month and day" in response.text


@pytest.mark.parametrize("words", ["a\x00b", "😀" * 10, "x" * 6000, "</textarea><b>", "{{ 7 }}"])
def test_odd_words_are_no_fault(client, student, letter, words):
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]), posted(letter, block_who=words)
    )

    assert response.status_code in (302, 422)


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 200), ("other_student", 404), ("advisor", 404), ("staff", 404)],
)
def test_letter_is_its_writers(client, request, advisor, letter, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("letters:detail", args=[letter.pk])).status_code == status


def test_unknown_source_leaves_a_blank_that_stops_the_letter(letter):
    """G11: how one got the name is asked."""
    letter.contact.source = ""

    assert letter.blocks["found"] == "I heard of you through [whom, or what]."
    with pytest.raises(actions.NotReady):
        actions.mark_ready(letter, at=AT)


def test_close_follows_the_day_of_the_call(client, student, letter):
    """G16: as long as nobody wrote over our words."""
    client.force_login(student)
    url = reverse("letters:detail", args=[letter.pk])

    with time_machine.travel(AT, tick=False):
        client.post(url, posted(letter, call_on="2026-03-12"))
        letter.refresh_from_db()
        ours = letter.blocks["close"]
        client.post(url, posted(letter, call_on="2026-03-13", block_close="I will phone you."))
    letter.refresh_from_db()

    assert "Thursday, March 12" in ours
    assert letter.blocks["close"] == "I will phone you."


def test_what_a_request_leaves_out_is_not_lost(client, student, letter):
    before = letter.blocks
    client.force_login(student)

    client.post(reverse("letters:detail", args=[letter.pk]))
    client.post(reverse("letters:detail", args=[letter.pk]), {"block_who": "I study film."})

    letter.refresh_from_db()
    assert letter.blocks == {**before, "who": "I study film."}
    assert letter.call_on is not None


def test_page_fills_the_part_that_a_choice_fills(client, student, letter):
    """G14: the words come back to the page, and say what was typed there when they left."""
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, objective="STARTING"),
        headers={"HX-Request": "true", "HX-Target": "advice"},
    )

    words = objective("STARTING", field="Journalism")
    assert 'id="id_block_objective"' in response.text
    assert 'hx-swap-oob="true" data-typed=""' in response.text
    assert words in response.text
    assert 'id="id_block_close"' not in response.text


def test_findings_stand_beside_the_letter_with_their_block(client, student, letter):
    """G13, G16"""
    letter.blocks["close"] = "Goodbye."
    letter.save()

    found = {one.finding.check: one for one in advice_of(letter, at=AT)}

    assert found["call_promise"].block == "close"
    assert found["blank"].block == "found"
    assert found["blank"].stops
    assert not found["call_promise"].stops


def test_rewrite_is_put_into_the_letter_by_one_button(client, student, letter):
    """G16"""
    letter.blocks["close"] = "Goodbye."
    letter.save()
    client.force_login(student)
    (promise,) = (one for one in advice_of(letter, at=AT) if one.finding.check == "call_promise")

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, use=promise.key, block_who="New words, typed before."),
    )

    letter.refresh_from_db()
    assert letter.blocks["close"] == f"Goodbye. {promise.finding.rewrite}"
    assert letter.blocks["who"] == "New words, typed before."
    assert response.url.endswith("#advice")


@pytest.mark.parametrize("key", ["", "0" * 12, "x\x00y", "😀"])
def test_rewrite_that_is_none_changes_nothing(client, student, letter, key):
    client.force_login(student)

    client.post(reverse("letters:detail", args=[letter.pk]), posted(letter, use=key))

    before = letter.blocks
    letter.refresh_from_db()
    assert letter.blocks == before


@pytest.mark.parametrize("button", ["go", "use"])
def test_button_that_htmx_names_along_is_pressed_once(client, student, letter, button):
    """The request of the button itself is on its way."""
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, **{button: "1"}, block_who="Mine."),
        headers={"HX-Request": "true", "HX-Target": "advice"},
    )

    assert response.status_code == 200
    assert "Saved." in response.text


def test_letter_is_ready_when_nothing_stops_it(client, student, letter):
    client.force_login(student)
    words = {"block_found": "A friend told me about you.",
             "block_objective": "I would like to learn how people get started."}  # fmt: skip

    with time_machine.travel(AT, tick=False):
        response = client.post(
            reverse("letters:detail", args=[letter.pk]), posted(letter, go="1", **words)
        )

    letter.refresh_from_db()
    assert response.url == reverse("letters:send", args=[letter.pk])
    assert letter.state == Letter.State.READY


def test_letter_that_is_not_ready_says_why_and_keeps_the_words(client, student, letter):
    """G14"""
    client.force_login(student)

    with time_machine.travel(AT, tick=False):
        response = client.post(
            reverse("letters:detail", args=[letter.pk]), posted(letter, go="1", block_who="Mine.")
        )

    letter.refresh_from_db()
    assert response.status_code == 422
    assert "One thing first: Say what you are after." in response.text
    assert "<title>Error: " in response.text
    assert (letter.state, letter.blocks["who"]) == (Letter.State.DRAFT, "Mine.")


def test_ready_letter_that_is_changed_as_one_types_says_so(client, student, letter):
    letter.state = Letter.State.READY
    letter.save()
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]),
        posted(letter, block_who="I study at a small college."),
        headers={"HX-Request": "true", "HX-Target": "advice"},
    )

    assert "You changed it, so it is a draft again." in response.text
    assert "Request to meet · Draft" in response.text


def test_day_of_the_call_is_ahead(client, student, letter):
    client.force_login(student)

    response = client.post(
        reverse("letters:detail", args=[letter.pk]), posted(letter, call_on="2026-03-01")
    )

    assert response.status_code == 422
    assert "That day has passed" in response.text


def test_letter_that_is_longer_than_the_log_takes_is_refused(client, student, letter):
    client.force_login(student)
    long = {f"block_{name}": "word " * 990 for name in letter.blocks}

    response = client.post(reverse("letters:detail", args=[letter.pk]), posted(letter, **long))

    assert response.status_code == 422
    assert "too long for a letter" in response.text


def test_thank_you_asks_for_no_objective(client, student, contact):
    """G40"""
    letter = actions.draft(contact, kind="THANK_YOU", at=AT)
    client.force_login(student)

    page = client.get(letter.get_absolute_url()).text

    assert 'name="block_enjoyed"' in page
    assert 'name="objective"' not in page
    assert 'name="call_on"' not in page


def test_questions_on_ones_own_list_stay_out_of_the_letter(letter):
    """G17"""
    talk = InterviewFactory(contact=letter.contact)
    PreparedQuestionFactory(interview=talk, text="Which stories did you write this week?")
    letter.blocks["objective"] = "Which stories did you write this week?"
    letter.save()

    found = {one.finding.clause for one in advice_of(letter, at=AT)}

    assert "G17" in found


def test_new_letter_to_somebody_leads_to_the_one_that_is_begun(client, student, contact, letter):
    client.force_login(student)
    url = reverse("letters:create", args=[contact.pk])

    assert "Go on with your letter" in client.get(url).text
    assert client.post(url).url == letter.get_absolute_url()


def test_new_letter_says_when_one_wrote_before(client, student, contact):
    LetterFactory(contact=contact, state="SENT", sent_on=date(2026, 3, 2))
    client.force_login(student)

    page = client.get(reverse("letters:create", args=[contact.pk])).text

    assert "You wrote to Dana Whitcomb" in page


@pytest.mark.parametrize(
    ("kind", "begun"), [("THANK_YOU", "THANK_YOU"), ("\x00", "REQUEST"), ("SPAM", "REQUEST")]
)
def test_new_letter_of_another_kind(client, student, contact, kind, begun):
    client.force_login(student)

    client.post(reverse("letters:create", args=[contact.pk]), {"kind": kind})

    assert Letter.objects.get().kind == begun


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 200), ("other_student", 404), ("advisor", 403), ("staff", 404)],
)
def test_new_letter_is_for_whose_contact_it_is(client, request, advisor, contact, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("letters:create", args=[contact.pk])).status_code == status


def test_list_without_a_letter_teaches_the_first(client, student):
    client.force_login(student)

    page = client.get(reverse("letters:list")).text

    assert "No letter yet" in page
    assert reverse("contacts:list") in page


@pytest.mark.parametrize("count", [1, 3])
def test_builder_asks_as_often_for_three_findings_as_for_one(
    client, student, contact, letter, count, django_assert_num_queries
):
    OfficeSettings.current()
    LetterReviewFactory.create_batch(
        count, letter=letter, answered_at=AT, verdict="CHANGES", comment="Shorter."
    )
    letter.blocks["found"] = "[whom] " * count
    letter.save()
    client.force_login(student)

    # Session, user, letter, questions prepared, the office's minutes, the last answer, and what it
    # said about passages.
    with django_assert_num_queries(7):
        client.get(letter.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(client, contact, count, django_assert_num_queries):
    LetterFactory.create_batch(count, contact=contact)
    client.force_login(contact.student)

    with django_assert_num_queries(4):
        client.get(reverse("letters:list"))
