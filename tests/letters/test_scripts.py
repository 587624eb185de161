"""What to say on the phone: made of the record, with nothing left to fill in."""

from dataclasses import replace
from datetime import date

import pytest

from letters.scripts import (
    Facts,
    Fill,
    Line,
    call_script,
    greeting,
    reason,
    spoken,
    voicemail_script,
)

FACTS = Facts(
    student="Maya Oyelaran",
    institution="Mill River College",
    contact="Dana Whitcomb",
    majors=("Film",),
    phone="(413) 555-0142",
    source="PROFESSOR",
    field="journalism",
)
BARE = Facts(student="Maya Oyelaran", institution="Mill River College", contact="Dana")
HER_NUMBER = ("4 1 3", "5 5 5", "0 1 4 2")


def said(lines: list[Line]) -> dict[str, str]:
    return {line.heading: line.words for line in lines}


def no_gaps(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def line(lines: list[Line], heading: str) -> Line:
    return next(each for each in lines if each.heading == heading)


def test_call_says_who_how_and_whether_it_is_a_good_time_in_that_order():
    """G18"""
    headings = [each.heading for each in call_script(FACTS)]

    assert headings == [
        "Who you are",
        "How you got the name",
        "Is this a good time?",
        "What you would like",
        "If they can talk now",
        "If it is a bad time",
        "If they cannot",
        "If nobody answers",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "I study film at Mill River College."),
        ({"majors": ("Film", "Art", "Law")}, "I study film, art and law at Mill River College."),
        ({"majors": ()}, "I am a student at Mill River College."),
        ({"is_alum": True}, "I study film at Mill River College, where you studied, too."),
        (
            {"is_graduate": True, "class_year": 2025},
            "I am a graduate of Mill River College, class of 2025.",
        ),
        ({"is_graduate": True, "is_alum": True}, "I am a fellow alum of Mill River College."),
    ],
)
def test_call_says_what_the_two_share(changes, expected):
    """G12"""
    words = said(call_script(replace(FACTS, **changes)))["Who you are"]

    assert words == f"Hello, Dana Whitcomb. My name is Maya Oyelaran. {expected}"


def test_call_names_the_referrer_with_their_leave():
    """G11, G22"""
    facts = replace(FACTS, referrer="Lena Ortiz", permission="yes")

    found = line(call_script(facts), "How you got the name")

    assert "Lena Ortiz gave me your name" in found.words
    assert found.fill is None


@pytest.mark.parametrize("permission", ["no", "not_asked"])
def test_call_never_says_the_name_of_a_referrer_without_leave(permission):
    """G22: the hint names them to the student; the words to be said do not."""
    facts = replace(FACTS, referrer="Lena Ortiz", permission=permission)
    lines = call_script(facts) + voicemail_script(facts)

    assert "Ortiz" not in " ".join(each.words for each in lines)
    assert line(lines, "How you got the name").fill == Fill.PERMISSION
    assert "Lena Ortiz" in line(lines, "How you got the name").hint


def test_call_asks_for_how_the_name_was_found_where_nothing_is_written_down():
    found = line(call_script(BARE), "How you got the name")

    assert (found.words, found.fill) == ("", Fill.CONTACT)


def test_call_asks_for_the_minutes_of_the_office():
    """G3"""
    facts = replace(FACTS, minutes_by_phone=15, minutes_in_person=25)

    words = said(call_script(facts))["What you would like"]

    assert "15 minutes by phone, or 25 in person, whenever it suits you?" in words


def test_call_after_a_letter_asks_whether_it_arrived_and_says_again_why():
    """G20"""
    facts = replace(FACTS, letter_on=date(2026, 11, 2), letter_is="e-mail")
    lines = call_script(facts)

    assert line(lines, "Your letter").words == (
        "I sent you an e-mail on Monday, November 2. Did it reach you?"
    )
    headings = [each.heading for each in lines]
    assert headings.index("What you would like") == headings.index("Your letter") + 1
    assert (
        "I sent you an e-mail on Monday, November 2."
        in said(voicemail_script(facts))["Why you call"]
    )


def test_call_that_was_asked_for_says_so():
    """G19: they named this hour; whether a letter came was settled the first time."""
    facts = replace(FACTS, letter_on=date(2026, 11, 2), called_on=date(2026, 11, 9))
    lines = said(call_script(facts))

    assert "I called on Monday, November 9" in lines["You called before"]
    assert "Your letter" not in lines


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        ("READ_ABOUT", "reading about journalism"),
        ("MOVING", "planning a move"),
        ("STARTING", "how people get started in journalism"),
        ("EXPLORING", "several fields before I choose, and journalism is one of them"),
        ("", "how you came to journalism"),
        ("NOT ONE OF THEM", "how you came to journalism"),
    ],
)
def test_reason_follows_the_objective(objective, expected):
    """G14"""
    assert expected in reason(replace(FACTS, objective=objective))


def test_reason_is_the_sentence_of_the_letter():
    facts = replace(FACTS, reason="  I am moving to\nNorthampton in June ")

    assert reason(facts) == "I am moving to Northampton in June."


@pytest.mark.parametrize("left_over", ["I am moving to [place].", "I am moving to ____."])
def test_reason_with_a_blank_in_it_is_never_said(left_over):
    assert reason(replace(FACTS, reason=left_over)) == reason(FACTS)


@pytest.mark.parametrize("objective", ["", "READ_ABOUT", "MOVING", "STARTING", "EXPLORING"])
@pytest.mark.parametrize("graduate", [True, False])
@pytest.mark.parametrize("alum", [True, False])
def test_scripts_leave_no_blank_however_little_is_known(objective, graduate, alum):
    facts = replace(BARE, objective=objective, is_graduate=graduate, is_alum=alum)

    for each in call_script(facts) + voicemail_script(facts):
        assert each.words or each.hint
        assert not set("[]{}_") & set(each.words)
        assert "None" not in each.words
        assert "  " not in each.words
        assert not each.words or each.words[-1] in ".?"


def test_voicemail_says_the_number_twice_in_spaced_groups():
    """G24"""
    text = no_gaps(" ".join(each.words for each in voicemail_script(FACTS)))

    assert text.count("4 1 3, 5 5 5, 0 1 4 2") == 2


@pytest.mark.parametrize("phone", ["", "ask me", "   "])
def test_voicemail_without_a_number_asks_for_it(phone):
    """G24"""
    lines = voicemail_script(replace(FACTS, phone=phone))

    assert lines[-1].fill == Fill.PROFILE
    assert "You reach me" not in " ".join(each.words for each in lines)


@pytest.mark.parametrize(
    ("phone", "groups"),
    [
        ("(413) 555-0142", HER_NUMBER),
        ("413.555.0142", HER_NUMBER),
        ("+1 413 555 0142", HER_NUMBER),
        ("4135550142", HER_NUMBER),
        ("413-555-0142 ext. 12", (*HER_NUMBER, "extension 1 2")),
        ("+44 20 7946 0018", ("plus 4 4", "2 0", "7 9 4 6", "0 0 1 8")),
        ("+64 9 300 1234", ("plus 6 4", "9", "3 0 0", "1 2 3 4")),
        ("555-0142", ("5 5 5", "0 1 4 2")),
        ("", ()),
        ("call the desk", ()),
        ("+", ()),
        ("😀", ()),
        ("\x00", ()),
    ],
)
def test_spoken_number_has_the_groups_of_its_country(phone, groups):
    assert tuple(map(no_gaps, spoken(phone))) == groups


def test_spoken_number_of_any_length_comes_in_groups_one_can_write_down():
    assert all(len(no_gaps(group).split()) <= 4 for group in spoken("1" * 20))


def test_greeting_says_whom_one_has_reached():
    """G25"""
    assert greeting(FACTS).startswith("You have reached Maya Oyelaran.")
