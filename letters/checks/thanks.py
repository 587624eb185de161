"""A thank-you names what one enjoyed, and the advice or what one will do with it (G40)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import any_of, sentences
from letters.checks.registry import check, missing
from letters.checks.unplaced import may_say_it_otherwise

_GENERIC = (
    r"(?:(?:our|the|this|my|your) )?(?:\w+ )?(?:conversation|talk|talking|chat|call|time|meeting|"
    r"visit|interview|"
    r"discussion|it|speaking)(?: (?:with|to) you)?(?: (?:very |so )?much| a lot| yesterday| today)?"
    r"(?: and\b[^.!?]{0,60})?"
)
_ENJOYED = any_of(
    r"(?:enjoyed|loved|liked|appreciated|admired|treasured)\b", r"favou?rite\b", r"highlight\b",
    r"(?:delight|impress|fascinat|inspir|amaz|surpris|thrill|touch)(?:ed|ing)\b",
    r"(?:struck|moved)\b", r"best (?:part|chemistry|lesson|thing|moment|half|of all)\b",
    r"most interesting\b", r"coolest\b", r"worth (?:the|every|it)\b",
    r"made me (?:smile|laugh|think|want|see)\b", r"stayed with me\b",
    r"(?:won't|will not|never|can't|cannot) forget\b", r"unforgettable\b", r"will remember\b",
    r"(?:keep|kept|can't stop|still) (?:think|smil|laugh|talk|hear|see)", r"laughed\b", r"fun\b",
    r"(?:a|such a) (?:joy|treat|delight|pleasure) to (?:see|hear|watch|learn)\b", r"eye-opening\b",
    r"(?:wonderful|cool|interesting|helpful|great|lovely|good|glad|happy|exciting|"
    r"moving) to (?:see|hear|watch|learn|"
    r"know)\b",
    r"could have (?:watched|listened|stayed)\b", r"(?:never|nobody) (?:\w+ ){0,4}before\b",
    r"(?:didn't|did not) know that\b", r"had not (?:known|expected)\b",
    r"meant (?:a lot|so much)\b", r"grateful for your (?:honest|candor|candid)",
    r"beats (?:any|every|all)\b",
    r"(?:the|your) (?:story|stories|view|moment|way|sight|smell|sound|tour|photos?|example) (?:of|"
    r"about|that|when|from|you)\b",
    r"(?:how|when) you\b", r"what you said\b",
    r"(?:hearing|seeing|watching|listening to)\b(?! (?:me|from))",
)  # fmt: skip
_EMPTY = re.compile(
    r"\b(?:hope to|looking forward to|look forward to) (?:hear|see)\w*[^.!?]*|"
    r"\b(?:hearing|seeing) (?:from )?you(?: again| soon)*\b|"
    rf"\b(?:enjoyed|loved|liked|appreciated) {_GENERIC}[.!]?$|\breally appreciate it\b|"
    rf"\bappreciated? (?:your|the) (?:time|help|kindness)\b[^,;]*$"
)


@check("enjoyed", clause="G40", kinds=("thank_you",))
def enjoyed(piece: Piece) -> Iterator[Finding]:
    """“I enjoyed our conversation” could go to anybody; what it was about could not."""
    for sentence in sentences(piece.text):
        if _ENJOYED.search(_EMPTY.sub("", sentence.plain)):
            return
    if may_say_it_otherwise(piece.text, most=40):
        return
    yield missing(
        "We found nothing that you enjoyed",
        "One moment from your talk shows that you listened, and makes this letter theirs alone.",
        rewrite="I especially enjoyed hearing about [one moment of your talk].",
    )


_ADVICE = r"(?:advice|suggestions?|tips?|counsel|recommendations?|trick|words|point|warning|idea)"
_LATER = (
    r"(?:'ll| will| plan to| intend to| mean to| hope to| want to|(?: am|'m) (?:going|planning) to)"
)
_DEED = (
    r"(?:talk|read|tak|visit|ask|appl|call|writ|work|sit|try|learn|keep|start|join|go|do|study|"
    r"practi[cs]|look|sign|speak|meet|shadow|regist|enroll|begin|choos|chang|contact|e-?mail|"
    r"bring|"
    r"build|rewrit|spend|volunteer|follow|add|use|pick|put|prepar|finish|make|see|send|watch|"
    r"listen)"
)
_DONE = (
    r"(?:signed up|registered|written|wrote|spoken|asked|bought|started|begun|began|called|moved|"
    r"put|"
    r"enrolled|tried|joined|contacted|read|applied|followed|ordered|borrowed|booked|subscribed|"
    r"set up)"
)
_USED = any_of(
    r"you(?:'ve| have| had| also)? (?:kindly )?(?:advised|suggested|recommended|told|encouraged|"
    r"proposed|"
    r"named|mentioned|showed|said|urged|warned)\b",
    rf"your (?:\w+ )?{_ADVICE}\b(?: \w+){{0,2}}? (?:to|about|on|of|that|was|is|has|with)\b",
    rf"(?:follow(?:ed|ing)?|taken|took|take|tried|try|"
    rf"heeding) (?:\w+ ){{0,2}}?your (?:\w+ )?{_ADVICE}\b",
    r"i heard you about\b", r"you were right\b", r"took you at your word\b",
    r"i looked (?:it|them|into|up)\b",
    r"i(?: have|'ve) told my (?:advisor|professor|parents|boss)\b", r"the way you showed\b",
    rf"i(?:'ve| have)(?: \w+)? (?:\w+ )?{_DONE}\b",
    rf"i{_LATER}(?: (?:also|now|certainly|definitely|next))? (?:be )?{_DEED}\w*\b"
    r"(?! (?:touch|forward|in touch|you\b))",
    rf"i (?:already |also |then |even )?{_DONE}\b",
    r"i(?:'m| am) (?:\w+ )?(?:reading|rewriting|looking into)\b",
)  # fmt: skip
_NOT_A_PLAN = re.compile(
    r"\b(?:keep in touch|stay in touch|keep you (?:posted|updated)|let you know|go home|"
    r"be in touch|"
    r"look forward|will be great)\b|\bas i said[^.]*"
)


@check("advice_used", clause="G40", kinds=("thank_you",))
def advice_used(piece: Piece) -> Iterator[Finding]:
    """Thanks “for all the advice” name none."""
    for sentence in sentences(piece.text):
        if _USED.search(_NOT_A_PLAN.sub("", sentence.plain)):
            return
    if may_say_it_otherwise(piece.text, most=45):
        return
    yield missing(
        "We found no advice, and no plan",
        "People like to know that their half hour led somewhere, even if only to a first step.",
        rewrite="You advised me to [the advice], and I plan to [your first step].",
    )
