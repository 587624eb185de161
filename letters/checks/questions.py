"""Questions wait for the talk (G17)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import ScoreAlignment

from letters.checks.job import is_direct_request
from letters.checks.meeting import asks_to_meet
from letters.checks.piece import Finding, Piece
from letters.checks.reading import Sentence, plain, sentences
from letters.checks.registry import at, check

_WHY = (
    "Answering in writing is work for them, and you will hear far more when you talk. "
    "Keep it for your list."
)
_LISTED = re.compile(r"^[ \t]*(?:[-*•]|\(?\w{1,2}[.)])\s+")
_ABOUT_MEETING = re.compile(
    r"\b(?:suits?|convenient|be possible|possible to (?:meet|visit|talk|speak|see|come|call)|"
    r"willing|free|available|open to|time for|(?:what|which|any) "
    r"(?:day|time|hour|date)|when (?:would|could|can|may|should|are)|where (?:should|could|"
    r"shall) we|"
    r"morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|"
    r"a moment|works? (?:\w+ )?for you|reach you|call you|phone you|write to you|"
    r"how are you|remember me|receive|reach you|get my (?:letter|note|e-?mail))\b"
)
_OF_THEM = re.compile(r"^(?:\W|and |also,? |but |so )*(?:how|what|why|who|whom|whose|which|where|"
                      r"when|do|does|did|is|"
                      r"are|was|were|has|have|had|in what)\b")  # fmt: skip
_TELL = re.compile(
    r"\b(?:could|can|would|will) you (?:please )?(?:tell|explain|describe|share|say|write)\b|"
    r"\bplease (?:tell me|explain|describe|write (?:me )?(?:about|down|how|what)|share|"
    r"let me know (?:how|what|why) (?:you|it|people|one)\b)\b|"
    r"\bi (?:would|'d)? ?also (?:like to (?:know|ask)|want to (?:know|ask)|wonder)\b.*\byou"
)


@check("extra_question", clause="G17", kinds=("request",))
def extra_question(piece: Piece) -> Iterator[Finding]:
    """Each question but the one request; those of one's list, and for a job, have checks."""
    for sentence in sentences(piece.text):
        if (
            _is_for_the_talk(sentence)
            and not is_direct_request(piece.text, sentence)
            and _of_own_list(sentence, piece.questions) is None
        ):
            lead = _LISTED.match(sentence.plain)
            start = sentence.start + (lead.end() if lead else 0)
            yield at(piece.text, (start, sentence.end), "A question for the talk", _WHY)


def _is_for_the_talk(sentence: Sentence) -> bool:
    words = _LISTED.sub("", sentence.plain)
    if _TELL.search(words):
        return not (asks_to_meet(sentence) and sentence.asks)
    if not sentence.asks:
        return False
    about_them = bool(_OF_THEM.match(words)) or bool(re.search(r",? how did you\b", words))
    return about_them and not asks_to_meet(sentence) and not _ABOUT_MEETING.search(words)


ALIKE = 82
ALIKE_WITHOUT_A_MARK = 90
_SHORTEST = 12
# "How did you begin?" is said "how you began" within a sentence.
_AUXILIARY = re.compile(
    r"^((?:and )?(?:how|what|why|who|whom|which|where|when)\b(?: [\w-]+){0,2}?)"
    r" (?:do|does|did|is|are|was|were|have|has)\b"
)


@check("own_question", clause="G17", kinds=("request",))
def own_question(piece: Piece) -> Iterator[Finding]:
    for sentence in sentences(piece.text):
        span = _of_own_list(sentence, piece.questions)
        if span is not None:
            yield at(piece.text, span, "A question of your own list", _WHY)


def _of_own_list(sentence: Sentence, questions: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the sentence says one of the questions, in other words or the same."""
    words = sentence.plain
    enough = ALIKE if sentence.asks else ALIKE_WITHOUT_A_MARK
    for question in questions:
        asked = plain(question).strip(" ?.!")
        if len(asked) < _SHORTEST or len(words) > 1000:
            continue
        place = _place_of(asked, words, enough=enough)
        if (
            place is None
            and sentence.asks
            and fuzz.token_sort_ratio(asked, words.rstrip("?")) >= ALIKE
        ):
            place = fuzz.partial_ratio_alignment(asked, words)
        if place is None or len(words) < len(asked) * 0.6:
            continue
        start = words.rfind(" ", 0, place.dest_start + 1) + 1
        end = len(words) if sentence.asks else _word_end(words, place.dest_end)
        return sentence.start + start, sentence.start + end
    return None


def _place_of(asked: str, words: str, *, enough: int) -> ScoreAlignment | None:
    """As it stands in the list, or as it stands within a sentence."""
    direct = fuzz.partial_ratio_alignment(asked, words, score_cutoff=enough)
    within = _AUXILIARY.sub(r"\1", asked)
    if direct or within == asked:
        return direct
    return fuzz.partial_ratio_alignment(within, words, score_cutoff=ALIKE_WITHOUT_A_MARK)


def _word_end(words: str, offset: int) -> int:
    found = re.compile(r"[\s.,;!?]").search(words, max(offset - 1, 0))
    return found.start() if found else len(words)
