"""Mistakes of grammar that students make and the grammar checker passes over.

Each is a pattern on plain small letters, and what belongs in the place of its group `slip`.
Narrow on purpose: "your going" alone may be right, "your going to" is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from letters.checks.reading import plain

Right = str | Callable[[str], str]


class Slip(NamedTuple):
    start: int
    end: int
    title: str
    right: str


_ING = "meet|see|hear|speak|talk|learn|visit|read|work"
_PRESENT = {
    "went": "go", "knew": "know", "saw": "see", "came": "come", "took": "take", "gave": "give",
    "made": "make", "found": "find", "thought": "think", "told": "tell", "met": "meet",
    "ate": "eat", "wrote": "write", "spoke": "speak", "got": "get", "expected": "expect",
}  # fmt: skip
_THINGS = "question|book|thing|idea|skill|course|topic|field|job|letter|interview|reason|experience"
_KIN = "professor|advisor|teacher|friend|roommate|mother|father|sister|brother|boss|uncle|aunt"
_YOURS = (
    "advice|time|help|story|office|insight|suggestions?|experience|career|field|kindness|team|"
    "patience|generosity|letter|schedule|convenience"
)


def _and_i(said: str) -> str:
    others = said.removeprefix("me and ")
    for one, many in ((" is", " are"), (" was", " were")):
        if others.endswith(one):
            return f"{others.removesuffix(one)} and I{many}"
    return f"{others} and I"


_TWICE = (
    "the|a|an|to|of|in|and|is|me|my|you|your|for|with|on|at|it|i|we|was|are|be|this|as|"
    "from|by|or|if"
)

_YOUR, _THERE, _TOO = (
    "“Your” and “you’re”",
    "“There”, “their” and “they’re”",
    "“To”, “two” and “too”",
)
_VERB, _ALIKE = "Another form of the verb belongs here", "A word that sounds alike"
_APART, _PLURAL = "An apostrophe is missing", "A plural has no apostrophe"
_MASS, _NUMBER = "This word has no plural", "One, or more than one?"

_SLIPS: tuple[tuple[str, str, Right], ...] = (
    (_YOUR, r"\b(?P<slip>your) (?:an?|the|so|very|welcome|not|going to|doing)\b"
            r"(?! (?:first|own|best|last|same|early|different)\b)", "you’re"),
    (_YOUR, r"\b(?:about|on|of|with|for|in|at|from|admire|read|enjoyed|loved|liked|saw|visited|"
            r"appreciate) "
            r"(?P<slip>you're) (?!an?\b|the\b|so\b|not\b|very\b|too\b|\w+ing\b|\w+ed\b)\w", "your"),
    (_YOUR, rf"\b(?:took|for|of|about|from|appreciate|enjoyed|value|with|on|"
            rf"at) (?P<slip>you) (?:{_YOURS})\b", "your"),
    (_YOUR, r"\b(?:gave|give|given|told|sent|showed|shared) (?:me|us) (?P<slip>you're) "
            r"(?!an?\b|the\b|not\b|\w+ing\b)\w", "your"),
    (_THERE, r"\b(?:about|of|with|visited|in|at|from) (?P<slip>they're) (?!\w+ing\b|\w+ed\b|an?\b|"
             r"the\b|not\b)\w", "their"),
    (_THERE, r"\b(?:be|am|was|were) (?P<slip>their) (?:at|by|on|for|in|when|until)\b", "there"),
    ("“Than” compares, “then” is about time",
     r"\b(?:rather \w+|more|less|better|worse|easier|harder|bigger|smaller|longer|later|sooner|"
     r"rather) (?P<slip>then)\b(?! (?:i|we|you) (?:will|was|were|went|am|are)\b)", "than"),
    (_VERB, r"(?<!have )(?<!had )(?<!has )(?<!ve )\b(?:i|we|they) (?P<slip>seen)\b", "saw"),
    (_VERB, r"(?<!have )(?<!had )(?<!has )(?<!ve )\b(?:i|we|they) (?P<slip>done)\b", "did"),
    (_VERB, r"\b(?:could|should|would|must|might) not (?P<slip>of)\b(?! course)", "have"),
    (_VERB, rf"\blook(?:ing)? forward to (?P<slip>{_ING})\b(?! (?:with|on|"
            rf"and)\b)", "{}ing".format),
    (_VERB, r"(?<!did )(?<!do )\b(?:i|we|they) (?P<slip>use to)\b(?!-)", "used to"),
    (_VERB, rf"\bdid(?:n't| not) (?P<slip>{'|'.join(_PRESENT)})\b", _PRESENT.__getitem__),
    (_VERB, r"\b(?:would|'d) (?P<slip>like) (?:learn|meet|know|hear|see|speak|ask|"
            r"talk)\b", "like to"),
    (_VERB, r"\bneed (?P<slip>learn|meet|know|ask|find)\b", "to {}".format),
    (_VERB, r"\b(?:have|has|had) (?P<slip>took)\b", "taken"),
    (_VERB, r"\b(?:have|has|had) (?P<slip>ate)\b", "eaten"),
    ("“I” where it acts, “me” where it is acted on",
     r"(?:^|[.!?,;] |\band |\bthat )(?P<slip>me and (?:my \w+|[a-z]+)(?: is| was|(?= (?:are|were|"
     r"both|"
     r"have|had|will|would|want|went|met|saw)\b)))", _and_i),
    (_NUMBER, r"\b(?P<slip>there is|there's) (?:many|several|two|three|four|five|six)\b(?! hours|"
              r" minutes| years)", "there are"),
    (_NUMBER, r"\b(?P<slip>there are) an? (?!few|lot|number|couple|dozen|hundred|great|good|"
              r"thousand|variety|million|handful|range|host|"
              r"score|total|set|whole|bunch|series|pair)", "there is"),
    (_NUMBER, rf"\b(?P<slip>this) (?:{_THINGS})s\b(?! (?:is|of))", "these"),
    (_NUMBER, rf"\b(?P<slip>these) (?:{_THINGS})\b(?![ -]\w+s\b)", "this"),
    (_NUMBER, rf"(?:^|[.!?] )my (?:{_KIN}) (?P<slip>say|know|think|have|want|tell|work)\b",
     lambda said: "has" if said == "have" else f"{said}s"),
    (_MASS, r"\b(?P<slip>informations|advices|knowledges|feedbacks|homeworks|"
            r"equipments)\b", lambda said: said[:-1]),
    (_MASS, r"\b(?:did|do|made|got|gave me) (?P<slip>a research|an advice|an information|"
            r"a feedback)(?= (?:about|on|for|from|into|in|to)\b|[.,;!?])",
     lambda said: said.split()[1]),
    (_TOO, r"\b(?:i'm|am|was|is|it's|were|are|been|far|way|for) (?P<slip>to) (?:busy|late|early|"
           r"long|short|much|many|far|hard|soon|shy|expensive|difficult)\b", "too"),
    (_ALIKE, r"\b(?:to|i|we|you|not|don't|will|would|never|might|could|can) (?P<slip>loose) (?:my|"
             r"the|your|his|her|their|it|them|touch|track|interest|hope)\b", "lose"),
    (_ALIKE, r"\b(?:an|the|big|great|strong|real|lasting|huge) (?P<slip>affect)\b", "effect"),
    (_ALIKE, r"\b(?:it|that|this|which|they|have|has|had|been|deeply|really|strongly) "
             r"(?P<slip>effected) (?:me|us|my|our|how|him|her|them|by)\b", "affected"),
    (_ALIKE, r"\b(?P<slip>excepted) (?:the|your|an|my|their) (?:offer|invitation|job|"
             r"position)", "accepted"),
    (_ALIKE, r"\blet me (?P<slip>now|no)\b(?! (?:thank|turn|tell|say|ask|end|close|add))", "know"),
    (_ALIKE, r"\b(?:the|this) (?P<slip>passed) (?:year|few|week|month|semester|summer|"
             r"winter)", "past"),
    (_ALIKE, r"\b(?:hear|heard|learn|learned|came|graduated|letter) (?P<slip>form)\b", "from"),
    ("A word stands here twice", rf"\b(?P<slip>({_TWICE}) \2)\b", lambda said: said.split()[0]),
    (_PLURAL, rf"\b(?:of|many|some|several|few|two|three|four|five|six|my|more|"
              rf"these|those|all) (?P<slip>(?:{_THINGS})'s)(?= (?:i|we|you|about|for|to|that|"
              rf"and|is|are|have)\b|[.,;!?])", lambda said: f"{said[:-2]}s"),
    (_APART, r"\b(?P<slip>im)(?= (?:an?|the|in|at|not|very|so|\w+ing)\b)", "I’m"),
    (_APART, r"(?:^|[.!?,;] |\band |\bthat )(?P<slip>ive)\b", "I’ve"),
    ("Two words", r"\b(?P<slip>thankyou)\b", "thank you"),
)  # fmt: skip
_PATTERNS = tuple((title, re.compile(pattern, re.M), right) for title, pattern, right in _SLIPS)


def slips(text: str) -> Iterator[Slip]:
    reads = plain(text)
    for title, pattern, right in _PATTERNS:
        for found in pattern.finditer(reads):
            start, end = found.span("slip")
            new = right if isinstance(right, str) else right(found["slip"])
            yield Slip(start, end, title, _as_begun(text[start:end], new))


def _as_begun(old: str, new: str) -> str:
    """A capital stays where one was."""
    return new[0].upper() + new[1:] if old[0].isupper() else new
