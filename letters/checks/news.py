"""A month or two later: how the advice helped, and how the search goes (G45)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import any_of, sentences
from letters.checks.registry import check, missing
from letters.checks.unplaced import may_say_it_otherwise

_HELPED = any_of(
    r"(?:your|the|this|that|of|best piece of) (?:\w+ )?(?:advice|suggestions?|tips?|counsel|trick|"
    r"warning)\b",
    r"your (?:\w+ )?(?:recommendations?|words|question|point|idea|list|encouragement)\b",
    r"(?:thanks to|because of) (?:you|what you|your|that)\b",
    r"what you (?:told|said|showed|taught)\b",
    r"you(?:'d| had| have)? (?:also )?(?:told|advised|suggested|recommended|encouraged|urged|"
    r"taught|showed|"
    r"warned|said (?:to|that)|gave me|pointed|made me|were right)\b",
    r"(?:like|as|what|when) you said\b", r"you said (?:that|i|to)\b",
    r"(?:pointing|introducing|encouraging|telling|sending|pushing|leading) me\b",
    r"(?:as|that|which|whom?|books?|course|person|people) you (?:\w+ )?(?:told|advised|suggested|"
    r"recommended|promised|said|named|mentioned|gave|made|sent|arranged|taught|lent)\b",
)  # fmt: skip


@check("advice_helped", clause="G45", kinds=("follow_up",))
def advice_helped(piece: Piece) -> Iterator[Finding]:
    if _says(_HELPED, piece) or may_say_it_otherwise(piece.text, most=45):
        return
    yield missing(
        "We found no word on how their advice helped",
        "It is the one thing that only you can tell them, and the best thanks there is.",
        rewrite="You advised me to [the advice]. I did, and [what came of it].",
    )


_SEARCH = any_of(
    r"(?:my|the|our|job|career) (?:\w+ )?(?:search|hunt|plans)\b", r"as for (?:my|me)\b",
    r"appl(?:y|ied|ying|ications?)\b", r"interview(?:s|ed|ing)?\b", r"(?:phone )?screens?\b",
    r"offer(?:s|ed)?\b", r"accepted\b", r"admitted\b", r"hired\b", r"positions?\b", r"jobs?\b",
    r"internships?\b", r"interning\b", r"(?:graduate|grad|law|medical|summer|business) school\b",
    r"final round\b", r"heard back\b", r"waiting to hear\b", r"(?:no|any) luck\b",
    r"nothing (?:definite|yet|so far)\b", r"next step",
    r"(?:still|now|been|am|i'm|will be|begun to|started to|began to) (?:look(?:ing)?|"
    r"search(?:ing)?|exploring|deciding|preparing)\b",
    r"exploring\b", r"i(?:'ll| will) (?:know|be (?:with|at|working|in))\b", r"my eye on\b",
    r"(?:a|two|three|small|large) (?:\w+ )?firms?\b",
    r"i(?:'ve| have)? (?:\w+ )?(?:talked|spoken|spoke|met|visited|decided|chosen|chose)\b",
    r"i(?:'ll| will)? (?:start|begin) (?:in|on|as|at|next|work|my)\b",
    r"had (?:\w+ )?(?:more )?talks\b",
)  # fmt: skip


@check("search_news", clause="G45", kinds=("follow_up",))
def search_news(piece: Piece) -> Iterator[Finding]:
    if _says(_SEARCH, piece) or may_say_it_otherwise(piece.text, most=45):
        return
    yield missing(
        "We found no word on how your search goes",
        "They have become part of your story, and will want to know how it goes on.",
        rewrite="As for my search, [where it stands].",
    )


def _says(pattern: re.Pattern[str], piece: Piece) -> bool:
    return any(pattern.search(sentence.plain) for sentence in sentences(piece.text))
