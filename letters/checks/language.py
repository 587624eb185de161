"""Spelling and grammar (G15, G41), by Harper, in the process and offline."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import harper
from rapidfuzz.distance import OSA

from letters.checks.names import parts
from letters.checks.piece import Finding, Piece
from letters.checks.reading import greeting, plain, sentences
from letters.checks.registry import ANY, at, check
from letters.checks.slips import Slip, slips
from letters.checks.trusted import KNOWN, OF_GRAMMAR, OF_SPELLING
from letters.checks.typos import CAPITALS, typed

# A letter is a quarter of this. What lies beyond is not proofread, but everything else still is.
MOST_CHARACTERS = 8_000
# A word that the checker does not know costs it thirty milliseconds, so that a page of gibberish
# would hold the worker for a minute: it is given in pieces, until this many alarms are enough.
PIECE = 700
MOST_ALARMS = 50
_LONGEST_WORD = re.compile(r"\S{40,}")
_LOCK = threading.Lock()
_WHY_SPELLING = (
    "Careful spelling tells them that you will be as careful with the names they give you."
)
_WHY_GRAMMAR = (
    "A slip like this is easy to make and hard to see in one’s own words; they will see it."
)


@lru_cache(maxsize=1)
def _linter() -> harper.Linter:
    """Built at the first letter: it reads its dictionary for a second or two."""
    linter = harper.Linter(harper.Dialect.AMERICAN)
    trusted = {"SpellCheck", *OF_SPELLING, *OF_GRAMMAR}
    linter.set_lint_config({rule: rule in trusted for rule in linter.get_lint_config()})
    return linter


class Alarm(NamedTuple):
    """text[start:end] and what the rule would put there, nearest first."""

    rule: str
    start: int
    end: int
    rewrites: tuple[str, ...]


@lru_cache(maxsize=4)
def _alarms(text: str) -> tuple[Alarm, ...]:
    found: list[Alarm] = []
    for start, end in _pieces(text[:MOST_CHARACTERS]):
        if len(found) < MOST_ALARMS:
            found += _of_piece(_LONGEST_WORD.sub(_blanked, text[start:end]), start)
    return tuple(sorted(found, key=lambda one: one.start))


def _blanked(word: re.Match[str]) -> str:
    return " " * len(word[0])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Whole sentences, together at most PIECE long (one sentence may be longer)."""
    start = 0
    for sentence in sentences(text):
        if sentence.end - start > PIECE and sentence.start > start:
            yield start, sentence.start
            start = sentence.start
    yield start, len(text)


def _of_piece(text: str, offset: int) -> Iterator[Alarm]:
    """What is not English is not ours to correct. A linter may be asked by one thread at a time."""
    with _LOCK:
        linter = _linter()
        english = len(text) < PIECE // 10 or linter.is_likely_english(text)
        by_rule = linter.organized_lints(text, language="plaintext") if english else {}
    for rule, lints in by_rule.items():
        for lint in lints:
            rewrites = tuple(filter(None, (_put_right(lint, one) for one in lint.suggestions)))
            yield Alarm(rule, lint.span.start + offset, lint.span.end + offset, rewrites)


def _put_right(lint: harper.Lint, suggestion: harper.Suggestion) -> str:
    if suggestion.kind == harper.SuggestionKind.REPLACE:
        return suggestion.replacement_text
    if suggestion.kind == harper.SuggestionKind.INSERT_AFTER:
        return lint.problem_text + suggestion.replacement_text
    return ""


@check("spelling", clause="G15", kinds=ANY)
def spelling(piece: Piece) -> Iterator[Finding]:
    names = _names(piece)
    mine = list(slips(piece.text))
    for alarm in _alarms(piece.text):
        right = ""
        if _is_in(alarm, mine):
            continue
        if alarm.rule in OF_SPELLING:
            right = next(iter(alarm.rewrites), "")
        elif alarm.rule == "SpellCheck":
            right = _respelled(piece, alarm, names)
        if right:
            span = alarm.start, alarm.end
            yield at(piece.text, span, "Spelled another way", _WHY_SPELLING, rewrite=right)


@check("grammar", clause="G15", kinds=ANY)
def grammar(piece: Piece) -> Iterator[Finding]:
    mine = list(slips(piece.text))
    for start, end, title, right in mine:
        yield at(piece.text, (start, end), title, _WHY_GRAMMAR, rewrite=right)
    for alarm in _alarms(piece.text):
        if (
            alarm.rule in OF_GRAMMAR
            and not _is_in(alarm, mine)
            and not _is_false(piece.text, alarm)
        ):
            yield at(
                piece.text,
                (alarm.start, alarm.end),
                KNOWN.get(alarm.rule, "A slip of grammar"),
                _WHY_GRAMMAR,
                rewrite=next(iter(alarm.rewrites), ""),
            )


def _is_in(alarm: Alarm, found: list[Slip]) -> bool:
    return any(one.start < alarm.end and alarm.start < one.end for one in found)


# "Any day that suits you suits me": the pronoun before the verb is not its subject.
_SUBJECT = re.compile(
    r"(?:^|[.,;:!?\n(] ?|\b(?:and|but|or|that|if|when|because|as|so|while|what|how|why|think|hope|"
    r"know|"
    r"say|says|said|where|which|who|than|until|before|after|since|though) )"
    r"(?:i|you|we|they|he|she|it|this|that|these|those|everyone|everybody|someone|"
    r"somebody)(?: \w+ly| also| often| always| never)? ?$"
)


def _is_false(text: str, alarm: Alarm) -> bool:
    """What the trusted rules get wrong, each seen in correct prose."""
    before, after = plain(text[max(alarm.start - 60, 0) : alarm.start]), text[alarm.end :][:12]
    match alarm.rule:
        case "SentenceCapitalization":
            begins = {sentence.start for sentence in sentences(text)}
            word = re.match(r"[a-z]{2,}\s", text[alarm.start :])
            return (
                alarm.start not in begins or before.rstrip()[-1:] not in (".", "!", "?") or not word
            )
        case "PronounVerbAgreement":
            return not _SUBJECT.search(before)
        case "ThereToTheir":
            return bool(re.search(r"(?:\b(?:is|are|was|were|'s|more|out|over)|[^\w\s]) ?$", before))
        case "ThereIsAgreement":
            return after.lstrip().startswith("news") or "news" in text[alarm.start : alarm.end]
        case "MissingTo":
            return bool(re.search(r"\b(?:my|your|our|their|his|her|its|the) $", before))
        case "RepeatedWords":
            return text[alarm.start : alarm.end].lower() in ("that that", "had had")
        case "AnA":
            return before.endswith("(") or after.lstrip()[:1] in "-("
    return False


def _names(piece: Piece) -> dict[str, str]:
    """Every part of a name that is known, plain, with how it is written."""
    said = [piece.contact_name, piece.writer_name, piece.referrer, piece.institution]
    words = [word.strip(".,;:()\"'“”") for whole in said for word in whole.split()]
    return {plain(word): word for word in [*words, *piece.known_words] if len(word) > 1}


def _respelled(piece: Piece, alarm: Alarm, names: dict[str, str]) -> str:
    """What the word should be; empty where it may well be right as it is."""
    word = piece.text[alarm.start : alarm.end]
    bare = plain(re.sub(r"['’]s?$", "", word))
    known = {part for name in names for part in (name, *re.split(r"[-'.]", name))}
    if (
        bare in known
        or bare in parts(piece.contact_name)
        or not re.fullmatch(r"[A-Za-z'’-]+", word)
    ):
        return ""
    if word[0].isupper():
        return _respelled_name(piece, alarm, names)
    return typed(word, alarm.rewrites)


_BEGINS_WITH_A_WORD = 7


def _respelled_name(piece: Piece, alarm: Alarm, names: dict[str, str]) -> str:
    """A capital stands for a name, unless it is nearly one we know or begins a sentence."""
    word, start = piece.text[alarm.start : alarm.end], alarm.start
    greets = greeting(piece.text)
    if word.isupper() or (greets and greets.start <= start < greets.end):
        return ""
    for right in (*CAPITALS, *names.values()):
        apart = OSA.distance(plain(word), plain(right))
        if right[0].isupper() and len(right) > 4 and 0 < apart <= (1 if len(right) < 8 else 2):
            return right
    begins = any(sentence.start == start for sentence in sentences(piece.text))
    goes_on = re.match(r" [a-z]", piece.text[alarm.end :])
    if begins and goes_on and len(word) >= _BEGINS_WITH_A_WORD:
        right = typed(word, alarm.rewrites)
        return right if right and OSA.distance(word.lower(), right.lower()) == 1 else ""
    return ""
