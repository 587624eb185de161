"""The names in a letter: the greeting, whoever gave the name, the college."""

import pytest

from letters.checks import CHECKS, Piece

BY_ID = {check.id: check for check in CHECKS}


def greeted(text, name):
    return [
        (one.found, one.rewrite) for one in BY_ID["greeting_name"](Piece(text, contact_name=name))
    ]


@pytest.mark.parametrize(
    ("greeting", "name"),
    [
        ("Dear Dana,", "Dana Whitcomb"),
        ("Dear Ms. Whitcomb:", "Dana Whitcomb"),
        ("DEAR DANA WHITCOMB,", "Dana Whitcomb"),
        ("Dear Dr. D. Whitcomb,", "Dana Whitcomb"),
        ("Dear Dana Marie Whitcomb,", "Dana Whitcomb"),
        ("Hi Bob!", "Robert Delacroix"),
        ("Hello Peggy -", "Margaret O’Sullivan"),
        ("Dear Ms. O'Sullivan,", "Margaret O’Sullivan"),
        ("Dear Mr. Wisniewski,", "Tomasz Wiśniewski"),
        ("Dear Bjorn,", "Bjørn Halvorsen"),
        ("Dear Soojin,", "Soo-jin Park"),
        ("Dear Ms. van der Meer,", "Ellen Vandermeer"),
        ("Dear Mr. Zhang,", "Zhang Wei"),
        ("Dear Prof. García,", "María José García Márquez"),
        ("Dear Fujimoto-san,", "Akira Fujimoto"),
        ("Dear Madame Perrin,", "Odile Perrin"),
        ("Dear Judge,", "Hon. Beatriz Salgado"),
        ("Good morning,", "Dana Whitcomb"),
        ("Hi there,", "Dana Whitcomb"),
        ("Dear Dana and Tom,", "Dana Whitcomb"),
        ("Dear [name],", "Dana Whitcomb"),
        ("Dear 王伟,", "Wei Wang"),
        ("Dear Dana,", ""),
        ("No greeting at all.", "Dana Whitcomb"),
    ],
)
def test_a_greeting_that_fits_the_record_passes(greeting, name):
    """G15."""
    assert greeted(f"{greeting}\n\nI study here.", name) == []


@pytest.mark.parametrize(
    ("greeting", "name", "found", "rewrite"),
    [
        ("Dear Dana Witcomb,", "Dana Whitcomb", "Dana Witcomb", "Dana Whitcomb"),
        ("Dear Ms. Kamua,", "Mwangi Kamau", "Ms. Kamua", "Ms. Kamau"),
        ("Dear Mr. Sanderson,", "Ellen Vandermeer", "Mr. Sanderson", "Ellen Vandermeer"),
        ("Dear Sir or Madam,", "Ellen Vandermeer", "Sir or Madam", "Ellen Vandermeer"),
        ("To whom it may concern:", "Ann Lee", "To whom it may concern", "Dear Ann Lee"),
        ("Hi Jasmin, I study here.", "Yasmin Haddad", "Jasmin", "Yasmin"),
    ],
)
def test_another_name_in_the_greeting_is_found(greeting, name, found, rewrite):
    """G15."""
    assert greeted(f"{greeting}\n\nI study here.", name) == [(found, rewrite)]


def test_another_name_stops_the_letter():
    (finding,) = BY_ID["greeting_name"](Piece("Dear Ann,", contact_name="Dana Whitcomb"))

    assert finding.stops


RUTH = {"referrer": "Dr. Ruth Halloran", "contact_name": "Joan Pike", "writer_name": "Al Marsh"}


@pytest.mark.parametrize(
    ("text", "permission", "is_missing"),
    [
        ("Ruth Halloran sent me.", "yes", False),
        ("Dr. Halloran sent me.", "yes", False),
        ("Ruth sent me.", "yes", False),
        ("A friend sent me.", "yes", True),
        ("A friend sent me.", "not_asked", True),
        ("A friend sent me.", "no", False),
    ],
)
def test_whoever_gave_the_name_is_named(text, permission, is_missing):
    """G11."""
    piece = Piece(text, referrer_permission=permission, **RUTH)

    assert bool(BY_ID["referrer_named"](piece)) is is_missing


def test_a_name_that_was_not_asked_for_is_not_written_into_the_letter():
    """G22."""
    (finding,) = BY_ID["referrer_named"](Piece("Hello.", referrer_permission="not_asked", **RUTH))

    assert finding.rewrite == ""


@pytest.mark.parametrize(
    ("text", "permission", "words"),
    [
        ("My aunt and Dr. Halloran sent me.", "no", ["Dr. Halloran"]),
        ("I met Ruth Halloran’s sister.", "not_asked", ["Ruth Halloran"]),
        ("Ruth Halloran sent me.", "yes", []),
        ("A friend sent me.", "no", []),
        ("We read the Book of ruth.", "no", []),
    ],
)
@pytest.mark.parametrize("kind", ["request", "thank_you", "follow_up"])
def test_a_name_without_permission_stops_any_letter(text, permission, words, kind):
    """G22."""
    found = BY_ID["referrer_permission"](Piece(text, kind, referrer_permission=permission, **RUTH))

    assert [one.found for one in found] == words
    assert all(one.stops for one in found)


def test_a_referrer_called_will_is_not_every_future():
    piece = Piece(
        "Will you have time? I will call.", referrer="Will Smith", referrer_permission="no"
    )

    assert BY_ID["referrer_permission"](piece) == []


def test_a_referrer_of_the_writers_family_is_not_the_signature():
    piece = Piece("Hello.\n\nTessa Quinn", referrer="Dave Quinn", writer_name="Tessa Quinn",
                  referrer_permission="yes")  # fmt: skip

    assert BY_ID["referrer_named"](piece)


def of_college(text, *, graduate=False, institution="Alder College", alum=True):
    piece = Piece(text, contact_is_alum=alum, writer_is_graduate=graduate, institution=institution)
    return [(one.found, one.rewrite) for one in BY_ID["college"](piece)]


@pytest.mark.parametrize(
    ("text", "graduate"),
    [
        ("I am a junior at Alder College.", False),
        ("I'm a senior at Alder.", False),
        ("I study at your alma mater.", False),
        ("I am a fellow alum of Alder College.", True),
        ("I graduated from Alder College in 2020.", True),
        ("Alder College, class of 2020, is where I come from.", True),
    ],
)
def test_an_alum_hears_of_the_college(text, graduate):
    """G12."""
    assert of_college(text, graduate=graduate) == []


def test_a_student_is_told_to_name_the_college():
    """G12."""
    assert of_college("I am a junior.") == [("", "I am a student at Alder College.")]


def test_a_graduate_is_told_to_say_fellow_alum():
    """G12."""
    assert of_college("I read about Alder College.", graduate=True) == [
        ("", "I am a fellow alum of Alder College.")
    ]


def test_a_graduate_is_no_student_and_a_student_no_alum():
    """G12."""
    assert of_college("I am a student at Alder College.", graduate=True) == [
        ("I am a student at Alder College", "I am a fellow alum of Alder College")
    ]
    assert of_college("As a fellow alum of Alder College, I write.") == [
        ("a fellow alum", "a student")
    ]


def test_a_stranger_need_not_hear_of_the_college():
    assert of_college("I am a junior.", alum=False) == []
    assert of_college("I am a junior.", institution="") == []


def test_a_college_named_after_a_town_is_not_the_town():
    assert of_college("I live in Boston.", institution="Boston College") != []
    assert of_college("I study in Boston.", institution="Boston College") == []
