"""How large the words of the day's sheet may be, so that the browser prints them on one page.

CSS cannot shrink words until they fit; so the lines are counted here, with the measures that
app.css gives the sheet in print. A browser test holds the two together. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from interviews.day_sheet import DaySheet, Fact

# Points: `fit-0` to `fit-6` in app.css. The last is small, and still read by young eyes.
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.5, 6.0)
# Millimeters: A4 is the narrower paper, Letter the shorter.
WIDTH, HEIGHT = 173.0, 243.0
GAPS = 12.0
HEADLINE_POINTS, HEADLINE_HEIGHT, HEADING_HEIGHT = 18.0, 7.2, 5.1
# The numbers of the questions, and the ruled line for each answer.
NUMBER, ROOM = 9.0, 8.5
NAMES_ROOM = 15.0
MM_A_POINT, LETTER_WIDTH, LINE_HEIGHT = 0.3528, 0.475, 1.35
# Facts longer than this stand one below the other, the others in two columns.
LONG_FACT = 80


def size_of(sheet: DaySheet) -> int:
    """Which of SIZES leaves room to write after each question: 0 for the largest."""
    fitting = (step for step, points in enumerate(SIZES) if height(sheet, points) <= HEIGHT)
    return next(fitting, len(SIZES) - 1)


def has_long_facts(sheet: DaySheet) -> bool:
    return any(len(fact.words) > LONG_FACT for fact in sheet.facts)


def height(sheet: DaySheet, points: float) -> float:
    """In millimeters, with one line to write on after each question."""
    line = points * MM_A_POINT * LINE_HEIGHT
    headline = _lines(sheet.headline, HEADLINE_POINTS, WIDTH) * HEADLINE_HEIGHT
    lede = _lines(f"{sheet.day}, {sheet.hours}", points, WIDTH) + bool(sheet.hours_there)
    known = _lines(" ".join((sheet.work, *sheet.known)), points, WIDTH)
    boxes = _lines("".join(sheet.bring) + "mmmm" * len(sheet.bring), points, WIDTH)
    close = 1 + _lines("".join(sheet.close_with) + "mmmm" * len(sheet.close_with), points, WIDTH)
    asked = sum(_lines(question, points, WIDTH - NUMBER) for question in sheet.questions)
    lines = lede + known + boxes + close + asked + _fact_lines(sheet, points)
    room = ROOM * len(sheet.questions) + NAMES_ROOM + len(sheet.facts) * 1.0 + 5
    return headline + GAPS + 3 * HEADING_HEIGHT + lines * line + room


def _fact_lines(sheet: DaySheet, points: float) -> int:
    if has_long_facts(sheet):
        return sum(_lines(_words(fact), points, WIDTH) for fact in sheet.facts)
    pairs = [sheet.facts[place : place + 2] for place in range(0, len(sheet.facts), 2)]
    return sum(_longest(pair, points) for pair in pairs)


def _longest(pair: Sequence[Fact], points: float) -> int:
    return max(_lines(_words(fact), points, WIDTH / 2 - 4) for fact in pair)


def _words(fact: Fact) -> str:
    # The words go on beside the label, not below it.
    return f"{fact.label}  {fact.words}"


def _lines(words: str, points: float, width: float) -> int:
    letters = sum(_width_of(letter) for letter in words)
    # The end of a line is never quite full. Where this is a little too few, the ruled lines give
    # way before a word does.
    return max(1, int(-(-letters * points * MM_A_POINT * LETTER_WIDTH // (width * 0.97))))


def _width_of(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 2.1
    return 1.4 if letter.isupper() else 1.0
