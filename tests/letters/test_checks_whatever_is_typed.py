"""Whatever is typed: no check raises, each points into the text, and each rewrite helps."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from letters.checks import CHECKS, Piece, examine, of_question
from tests.letters.corpus_reading import samples

BY_ID = {check.id: check for check in CHECKS}
LETTERS = [sample for sample in samples("tuned") if not sample.is_list]
FULL = {
    "contact_name": "Dana Whitcomb", "contact_is_alum": True, "writer_name": "Maya Oyelaran",
    "institution": "Alder College", "referrer": "Ruth Halloran", "call_on": date(2026, 12, 3),
    "questions": ("What do people find hardest in their first year here?",),
}  # fmt: skip


def assert_sound(piece):
    for finding in examine(piece):
        if finding.start is None:
            assert finding.end is None
        else:
            assert 0 <= finding.start < finding.end <= len(piece.text)
            assert piece.text[finding.start : finding.end] == finding.found
        assert finding.title
        assert finding.why
        assert finding.clause
        assert finding.check in BY_ID


ODD = {
    "empty": "",
    "blank": " \n\t\r\n ",
    "nul": "Dear\x00Dana,\x00 I\x00",
    "emoji": "Dear Dana 😀👩🏽🚀, I’m a 🎓!",
    "right to left": "عزيزتي دانا،\nأود أن ألتقي بك.\u202e Dear Dana",
    "halves": "\ud800 Dear \udfff,",
    "combining": "De\u0301ar Da\u0301na,",
    "dotted I": "DEAR İSTANBUL İİİ, could we talk İ?",
    "ligature": "Dear ﬁoﬃ,",
    "100 kB of words": "could we talk for an hour? " * 3800,
    "100 kB of one word": "a" * 100_000,
    "brackets": "[" * 3000 + "]" * 3000,
    "stops": ". " * 20_000,
    "quotes": "'\"" * 20_000,
    "regular expression": r"(?P<x>.*)+\1[",
    "format": "{0} %s %(x)s ${y}",
    "vertical": "a\x0bb\x0cc\x85d\u2028e",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("kind", ["request", "thank_you", "follow_up"])
def test_odd_input_is_examined_like_any_other(text, kind):
    assert_sound(Piece(text, kind, **FULL))
    of_question(text)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_facts_are_no_reason_to_fail(text):
    odd = text[:500]

    names = dict.fromkeys(("contact_name", "referrer", "institution", "writer_name"), odd)

    assert_sound(
        Piece(
            "Dear Ann,\n\nI’m a junior. Could we talk?",
            questions=(odd, ""),
            known_words=frozenset({odd}),
            contact_is_alum=True,
            **names,
        )
    )


def mangled(text, chance):
    """The letter with pieces cut, doubled, turned and strewn with odd characters."""
    for _ in range(chance.randint(1, 12)):
        at, to = sorted(chance.sample(range(len(text) + 1), 2)) if text else (0, 0)
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to][:300] + text[to:]
            case 2:
                text = (
                    text[:at]
                    + chance.choice("[]{}<>_.?!,’“\x00😀é\n\t-İ") * chance.randint(1, 6)
                    + text[at:]
                )
            case 3:
                text = text[:at] + text[at:to].swapcase() + text[to:]
            case _:
                text = text[:at] + text[at:to][::-1] + text[to:]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_mangled_letters_never_raise_and_offsets_stay_within(seed):
    chance = random.Random(seed)
    for sample in chance.sample(LETTERS, 12):
        kind = chance.choice(["request", "thank_you", "follow_up"])
        assert_sound(replace(sample.piece, text=mangled(sample.piece.text, chance), kind=kind))


def test_what_is_missing_comes_first_and_the_rest_in_the_order_of_the_letter():
    for sample in LETTERS:
        starts = [-1 if one.start is None else one.start for one in examine(sample.piece)]
        assert starts == sorted(starts)


def test_a_rewrite_puts_right_what_it_is_offered_for():
    """G34, G15: using the offered words ends the alarm, and they raise none of their own."""
    for sample in LETTERS:
        for finding in filter(lambda one: one.rewrite, examine(sample.piece)):
            text = sample.piece.text
            if finding.start is None:
                after = f"{text}\n\n{finding.rewrite}"
            else:
                after = text[: finding.start] + finding.rewrite + text[finding.end :]
            again = BY_ID[finding.check](replace(sample.piece, text=after))
            assert [one for one in again if one.start == finding.start] == [], (
                sample.name,
                finding,
            )


def test_examining_twice_says_the_same():
    for sample in LETTERS[:20]:
        assert examine(sample.piece) == examine(sample.piece)


def test_ids_are_unique_and_each_check_cites_its_clause():
    assert len(BY_ID) == len(CHECKS)
    assert all(check.clause.startswith("G") and check.kinds for check in CHECKS)


def test_the_checks_know_no_django():
    code = "import sys, letters.checks; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
