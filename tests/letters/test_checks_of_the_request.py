"""What a request says and asks: the talk, the call, who writes, and to what end."""

from datetime import date

import pytest

from letters.checks import CHECKS, Piece

BY_ID = {check.id: check for check in CHECKS}


def found(check, text, **facts):
    return [finding.found for finding in BY_ID[check](Piece(text=text, **facts))]


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("Could we talk for twenty minutes?", False),
        ("I request an appointment at your convenience.", False),
        ("Half an hour would do, over lunch or by phone.", False),
        ("If you could spare a quarter of an hour, I would be glad.", False),
        ("I hope to speak with several people before I choose.", True),
        ("I look forward to speaking with you.", True),
        ("Please send me whatever you have.", True),
        ("", True),
    ],
)
def test_an_appointment_is_asked_for(text, is_missing):
    """G13."""
    assert bool(found("appointment", text) or BY_ID["appointment"](Piece(text=text))) is is_missing


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("Any day that suits you suits me.", False),
        ("You name the day.", False),
        ("Whenever is easiest.", False),
        ("I am free after three.", False),
        ("I can only come on Tuesday at four.", True),
    ],
)
def test_their_convenience_is_offered(text, is_missing):
    """G13."""
    assert bool(BY_ID["convenience"](Piece(text=text))) is is_missing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Could we meet for 30 minutes?", []),
        ("Could we meet for 31 minutes?", ["31 minutes"]),
        ("Could we meet for half an hour?", []),
        ("Could we meet for an hour?", ["an hour"]),
        ("Could we meet for 30 to 60 minutes?", ["30 to 60 minutes"]),
        ("May I ask for a 45-minute call?", ["a 45-minute"]),
        ("Could we meet at an hour that suits you?", []),
        ("I heard you for an hour on the radio.", []),
        ("I live an hour from you and could come by.", []),
    ],
)
def test_no_more_than_thirty_minutes_are_asked_for(text, words):
    """G3."""
    assert [one.removeprefix("a ") for one in found("minutes", text)] == [
        one.removeprefix("a ") for one in words
    ]


def test_the_office_says_how_many_minutes_are_too_many():
    """G3."""
    assert found("minutes", "Could we meet for 30 minutes?", most_minutes=20) == ["30 minutes"]
    assert BY_ID["minutes"](Piece("Could we meet for 45 minutes?"))[0].rewrite == "30 minutes"


def test_an_hour_is_no_matter_in_a_thank_you():
    text = "Thank you for the hour. Could we meet for an hour again?"

    assert found("minutes", text, kind="thank_you") == []


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("I will call you on Monday.", False),
        ("I'll give your office a ring.", False),
        ("I shall, with your permission, telephone next week.", False),
        ("I'll check with your front desk by phone.", False),
        ("I will follow up with a phone call.", False),
        ("May I call you on Monday?", True),
        ("Please call me on Monday.", True),
        ("I will wait for your call.", True),
        ("I will call it a day.", True),
        ("I look forward to hearing from you.", True),
    ],
)
def test_the_writer_promises_to_call(text, is_missing):
    """G16."""
    assert bool(BY_ID["call_promise"](Piece(text=text))) is is_missing


THURSDAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I will call on Thursday, December 3.", []),
        ("I will call on Thursday.", []),
        ("I will call on Dec. 3rd.", []),
        ("I will call on 3 December.", []),
        ("I will call on 12/3.", []),
        ("I will call next week.", []),
        ("I will call on Thursday to ask whether December 10 suits you.", []),
        ("I am in town on December 10. I will call on Thursday.", []),
        ("I will call on Thursday, December 4.", ["Thursday, December 4"]),
        ("I will call on Wednesday.", ["Wednesday"]),
        ("I will call on 11/3.", ["11/3"]),
        ("I will call on the 4th.", ["the 4th"]),
        ("On December 2 I will call.", ["December 2"]),
    ],
)
def test_the_day_of_the_call_is_the_one_that_was_planned(text, words):
    """G16."""
    assert found("call_day", text, call_on=THURSDAY) == words


def test_the_right_day_is_offered():
    (finding,) = BY_ID["call_day"](Piece("I will call on Friday.", call_on=THURSDAY))

    assert finding.rewrite == "Thursday, December 3"


def test_without_a_planned_day_any_day_will_do():
    assert found("call_day", "I will call on Friday.") == []


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("I am a junior in physics.", False),
        ("I work in a bakery.", False),
        ("Alder College is where I read your book.", False),
        ("You teach students, I hear.", True),
        ("Could we meet?", True),
    ],
)
def test_the_writer_says_who_they_are(text, is_missing):
    """G13."""
    piece = Piece(text=text, institution="Alder College")

    assert bool(BY_ID["background"](piece)) is is_missing


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("I have read about journalism and want a real-world perspective.", False),
        ("I am moving to Oakland.", False),
        ("How do people get their start in it?", False),
        ("I am exploring several fields.", False),
        ("My career office told me to write.", True),
        ("I hope to hear from you. I will call to see what it is like for you.", True),
    ],
)
def test_the_writer_says_what_they_are_after(text, is_missing):
    """G14."""
    assert bool(BY_ID["objective"](Piece(text=text))) is is_missing


def test_a_letter_full_of_unknown_words_gets_the_benefit_of_the_doubt():
    text = "My aunt keeps nine goats and one of them sings when it rains in the valley. " * 4

    assert BY_ID["objective"](Piece(text=text)) == []


@pytest.mark.parametrize(
    "check",
    ["appointment", "convenience", "call_promise", "background", "objective", "college",
     "referrer_named", "resume", "extra_question"],
)  # fmt: skip
def test_only_a_request_has_to_ask(check):
    assert BY_ID[check](Piece("Thank you.", kind="thank_you", contact_is_alum=True)) == []
