"""Nobody is asked for a job or an internship (G34); a general word at the close is fine (G35).

No word is forbidden here. What counts is who is asked for what: "How did you get your first job?"
and "I am not asking for a job" are as welcome as any sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from letters.checks.offers import OFFERS
from letters.checks.piece import Finding, Piece
from letters.checks.reading import Sentence, sentences
from letters.checks.registry import ANY, at, check

_JOB = (
    r"(?:jobs?|intern(?:ship)?s?|positions?|openings?|vacanc(?:y|ies)|trainee(?:ship)?s?|"
    r"apprenticeships?|employment|opportunit(?:y|ies)|placement|place)"
)
_BETWEEN = (
    r"(?:(?!advice|tips?|thoughts?|ideas?|suggestions?|on\b|about|for\b|in\b|how|"
    r"questions?)[\w'-]+ ){0,4}"
)
_YOU = (
    r"(?:you|your (?:\w+[ -]){0,2}(?:company|firm|team|office|agency|studio|clinic|school|lab|"
    r"laboratory|museum|"
    r"department|organization|business|shop|paper|station|group|practice|hospital|farm|"
    r"workshop|bank|place|\w+))"
)
_MODAL = (
    r"(?:can|could|may|might|will|would|shall|do|should) (?:i|you|your \w+|there|"
    r"it be possible(?: for me)?)"
)

# Asking this person for work, or for a hand in getting it. No disclaimer makes it another thing.
_DIRECT = re.compile(
    "|".join(
        (
            *OFFERS,
            r"\b(?:hire|employ) (?:me|(?:an? |some|any)\w* (?:\w+ )?like me)\b",
            rf"^(?:are there |do you have )?any (?:\w+ )?{_JOB}\b[^.!]{{0,30}}\?",
            r"\btake me on\b",
            r"\b(?:can|could|may|might) i (?:please )?(?:have|get) (?:an?|the) (?:\w+ ){0,2}?"
            r"(?:job|internship|position)\b",
            r"\b(?:pass|send|forward|hand) (?:it|my (?:resume|cv|application|name)) (?:along|on)\b",
            r"\bconsider me (?:for|as)\b",
            rf"\b(?:give|offer|get|find|grant|secure|arrange|land) me (?:{_BETWEEN}{_JOB}\b|"
            rf"something\b|work\b|an interview\b)",
            r"\bget me (?:in|into|hired)\b(?! touch)",
            rf"\b(?:find|have|be|is|get|create|arrange) {_BETWEEN}{_JOB} (?:\w+ )?for me\b",
            rf"\b(?:do you|does {_YOU}|would you|might you|you might) (?:currently |"
            rf"still )?have {_BETWEEN}{_JOB}\b(?! (?:advice|like|you|where|of your))",
            rf"\b(?:(?:are|is) there|there (?:is|are)) "
            rf"{_BETWEEN}{_JOB} (?:\w+ ){{0,3}}?(?:at|in|on|with) your\b",
            r"\b(?:are you|is your \w+) (?:currently |still |now |also )?hiring\b",
            rf"\b(?:{_MODAL}|i(?:'d| would) (?:like|love|want)|i want|i hope|hoping|possible|"
            rf"able) (?:\w+ )?(?:for me )?(?:to )?"
            r"(?:work|intern) (?:(?:for|with|at|under|in) (?:you\b|your\b)(?! on\b)|here\b)",
            r"\bbe your (?:intern|assistant|trainee|apprentice)\b",
            rf"\bapply (?:to {_YOU} )?for {_BETWEEN}{_JOB} (?:with|at|in|on) (?:you|your)\b",
            r"\bput in a (?:good )?word\b",
            r"\b(?:anything|something|an? (?!time|slot|hour|window|day)\w+) (?:ever )?"
            r"(?:opens? up|comes? (?:up|free)|becomes? (?:available|free)) "
            r"(?:for me\b|(?:at|with) your (?!schedule|calendar|convenience|end))",
            r"(?<!do )(?<!would )(?<!will )(?<!if )(?<!whether )(?<!why )(?<!when )\bi "
            r"(?:\w+ )?(?:need|must find) an? (?:paid |summer )?(?:job|internship|position)"
            r"(?= (?:by|before|for|this|next|after|soon|right away)\b|[.!])",
            r"\b(?:recommend|refer) me (?:for|to (?:the|your) (?:\w+ )?(?:hr|hiring|recruit|boss|"
            r"manager))",
            r"\b(?:forward|pass|send|give|put|hand|submit|show) (?:my (?:resume|cv|application|"
            r"name)|it) (?:on |along |over )?(?:to|on|in front of) "
            r"(?:\w+ ){0,3}?(?:hr\b|human resources|hiring|hires|recruit\w*|boss\w*|manager|"
            r"supervisor|director|desk)",
            rf"\b(?:hop(?:e|ing)|looking|like|want|wanted|love|wondering|apply|interested|"
            rf"eager) (?:\w+ ){{0,4}}?{_BETWEEN}{_JOB} (?:at|with|in|on) your?\b",
            rf"\b(?:grateful|thankful|appreciate|happy|glad|thrilled) (?:for|to have|about|"
            rf"of) (?:an?|any) {_BETWEEN}{_JOB}\b(?! to)",
            rf"\b(?:accept|take) (?:my application|any {_BETWEEN}{_JOB})",
        )
    )
)
# Asking in a general way: fine, when it is plain that this talk is not for that (G35).
_GENERAL = re.compile(
    rf"\b(?:keep|bear|have|kept|bore) me in mind\b|"
    rf"\bdo you (?:happen to |perhaps )?know (?:of |about |if there are |"
    rf"whether there are )?(?:any|an|some) {_BETWEEN}{_JOB}\b|"
    rf"\blet me know (?:of|about|if|when|whether) {_BETWEEN}(?:{_JOB}|(?:you|"
    rf"there) (?:\w+ ){{1,5}}{_JOB})\b"
)
_WORK_NOUN = r"(?:jobs?|work|place|positions?|internships?|hired?|openings?|employment)"
_DISCLAIMER = re.compile(
    r"\b(?:i(?:'m| am)(?: \w+)? not|not (?:here|to|asking|looking)|never|do(?:es)?(?:n't| not)|"
    r"did(?:n't| not)|"
    rf"isn't|is not|without)\b[^.?!;]{{0,60}}\b{_WORK_NOUN}\b|"
    r"\bknow (?:that )?you(?:'re| are) not\b"
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|without|nor|rather than)|n't)(?: (?!if\b|when\b|regret|"
    r"hesitate)[\w']+){0,6} ?$"
)
_CLAUSE = re.compile(
    r"[,;:-] (?:and |so |but |then )?|(?<=\w) and (?=i\b|do\b|would\b|could\b|can\b|please\b|"
    r"maybe\b)"
)


class Asked(NamedTuple):
    start: int
    end: int
    kind: str


def _requests(text: str) -> Iterator[Asked]:
    read = sentences(text)
    for index, sentence in enumerate(read):
        before = read[index - 1].plain if index else ""
        if asked := _asked(sentence, before):
            yield asked


def _asked(sentence: Sentence, before: str) -> Asked | None:
    for found in _DIRECT.finditer(sentence.plain):
        if not _NEGATED.search(sentence.plain, 0, found.start()):
            kind = "resume" if re.search(r"\b(?:resume|cv|application|it)\b", found[0]) else "job"
            return _placed(sentence, found, kind)
    general = _GENERAL.search(sentence.plain)
    if general and not _DISCLAIMER.search(f"{before} {sentence.plain}"):
        return _placed(sentence, general, "general")
    return None


def _placed(sentence: Sentence, found: re.Match[str], kind: str) -> Asked:
    """The clause that asks, not what stands before it in the same sentence."""
    starts = [cut.end() for cut in _CLAUSE.finditer(sentence.plain, 0, found.start())]
    lead = re.match(r"(?:[-*•]|\(?\w{1,2}[.)])\s+", sentence.plain)
    start = starts[-1] if starts else (lead.end() if lead else 0)
    return Asked(sentence.start + start, sentence.end, kind)


def is_direct_request(text: str, sentence: Sentence) -> bool:
    return any(sentence.start <= one.start < sentence.end for one in _requests(text))


_TITLE = "This asks for a job"
_WHY = (
    "They agreed to share what they know. Asked for work, most people draw back; "
    "asked for advice, they often offer more."
)
_WHY_GENERAL = (
    "This is a fine thing to say at the end, as long as they hear that it is not why you came."
)
# What a letter may say instead; a question of any kind would be one too many (G17).
_IN_LETTER = {
    "job": "I would be grateful for your advice on how to gain experience in this field.",
    "resume": "I would be glad of your advice on my résumé when we talk.",
    "general": "I am not asking you for a position, but I would be glad if you kept me in mind "
    "should you hear of an opening somewhere.",
}
_IN_TALK = {
    "job": "What would you do in my place to gain experience in this field?",
    "resume": "Would you look over my résumé and tell me what you would change?",
    "general": "I am not asking you for a job, but do you know of openings in this field that I "
    "should hear about?",
}


@check("direct_request", clause="G34", kinds=ANY)
def direct_request(piece: Piece) -> Iterator[Finding]:
    yield from _findings(piece.text, _IN_LETTER)


def of_question(text: str) -> list[Finding]:
    """The same for one question of a student's list, with a question in its place (G34, G35)."""
    found = _findings(text, _IN_TALK)
    return [replace(one, check="direct_request", clause="G34") for one in found]


def _findings(text: str, rewrites: dict[str, str]) -> Iterator[Finding]:
    whole = {sentence.start: sentence for sentence in sentences(text)}
    for start, end, kind in _requests(text):
        rewrite = rewrites[kind]
        if start not in whole and rewrite[:2] != "I ":
            rewrite = rewrite[0].lower() + rewrite[1:]
        general = kind == "general"
        yield at(
            text,
            (start, end),
            "Say that this is not why you ask" if general else _TITLE,
            _WHY_GENERAL if general else _WHY,
            rewrite=rewrite,
        )
