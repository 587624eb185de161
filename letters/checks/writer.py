"""Who writes, and to what end (G13, G14)."""

from __future__ import annotations

from collections.abc import Iterator

from letters.checks.close import promises
from letters.checks.college import own_part
from letters.checks.piece import Finding, Piece
from letters.checks.reading import any_of, plain, sentences
from letters.checks.registry import check, missing
from letters.checks.unplaced import may_say_it_otherwise

_I = any_of(r"(?:i|i'm|i've|i'd|me|my|we)\b")
_ABOUT_ONESELF = any_of(
    r"freshm[ae]n\b", r"(?:sophomore|junior|senior|student)\b", r"\w+[- ]year\b", r"class of\b",
    r"stud(?:y|ying|ied)\b", r"major(?:ed|ing)?\b", r"minor(?:ing)?\b", r"degree\b", r"thesis\b",
    r"program\b", r"graduat(?:e|ed)\b", r"alum(?:na|nus)?\b", r"semester\b", r"enrolled\b",
    r"(?:attend|earning|pursuing)\b", r"i (?:work|teach|volunteer|serve|run)\b",
    r"i(?:'ve| have|'m| am)? (?:\w+ )?(?:worked|working|taught|served|been (?:a|an|the|working))\b",
    r"i(?:'m| am) (?:a|an) (?:\w+ )?(?:teacher|nurse|paralegal|technician|manager|assistant)\b",
)  # fmt: skip


@check("background", clause="G13", kinds=("request",))
def background(piece: Piece) -> Iterator[Finding]:
    """A word of study or work in a sentence of one's own; or the college, which says as much."""
    if piece.institution.strip() and own_part(piece.institution).search(plain(piece.text)):
        return
    for sentence in sentences(piece.text):
        if _I.search(sentence.plain) and _ABOUT_ONESELF.search(sentence.plain):
            return
    yield missing(
        "We found nothing on who you are",
        "One sentence about you turns a stranger into a person they can picture.",
        rewrite=f"I am a graduate of {piece.institution or 'my college'}."
        if piece.writer_is_graduate
        else f"I am a student at {piece.institution or 'college'}.",
    )


_OBJECTIVE = any_of(
    r"learn\b", r"figure out\b", r"find out\b", r"understand", r"discover\b", r"explor",
    r"research", r"investigat", r"acquainted\b", r"hear\b(?! (?:back|what you think|from you\b))",
    r"hear from you (?:what|who|how|about|whether)\b", r"(?:to|and|not|yet|never|don't) know\b",
    r"knows? (?:more|what|how|about|whether|nothing|little)\b",
    r"(?:talk|speak|ask) (?:(?:with|to) )?you about\b",
    r"about your (?:work|career|job|role|company)\b", r"clue\b",
    r"how (?:\w+ ){1,3}?(?:is|are|get|gets|work|works|made)\b",
    r"(?:perspective|insight|insider|opinion|advice|guidance)\b", r"(?:thoughts|take) on\b",
    r"your (?:\w+ )?(?:story|view|experience|path)\b",
    r"(?:view|sense|picture|idea|feel) (?:of|for)\b", r"curio", r"choos(?:e|ing) (?:between|a)\b",
    r"help(?:s|ed)? me\b", r"be told\b", r"intend to\b", r"crossroads\b", r"way into\b",
    r"read(?:ing)? about\b", r"describe\b", r"through the eyes\b",
    r"chance to (?:see|learn|hear)\b", r"int\w{4,6}ed in\b", r"drawn to\b", r"fascinated\b",
    r"wonder", r"consider(?:ing)?\b", r"asking myself\b", r"mystery to me\b",
    r"think(?:ing)? (?:about|of|that|i|more)\b",
    r"careers?\b(?! (?:office|center|service|fair|counsel))", r"profession\b", r"line of work\b",
    r"(?:this|your|the) field\b", r"field of\b", r"as a (?:living|field)\b",
    r"(?:a|for a) living\b", r"path\b", r"becom(?:e|ing)\b", r"want to be\b",
    r"hope to (?:be|work|do|run|make)\b", r"headed\b", r"belong\b",
    r"before i (?:choose|decide|sign|apply|begin|start|commit|settle|take|declare)\b",
    r"decid(?:e|ing) (?:whether|if|between)\b", r"whether (?:to|i)\b",
    r"how (?:people|one|you|somebody|someone|a person|to|such|others|they|most|realistic)\b",
    r"what (?:it|they|you|\w+) (?:really |actually )?(?:takes?|looks?|does|do|spend|asks?)\b",
    r"what \w+ (?:\w+ )?(?:is|are) (?:\w+ )?like\b", r"what it(?:'s| is)\b",
    r"get(?:s|ting)? (?:\w+ )?(?:started?|into)\b", r"got (?:\w+ )?start", r"start(?:ed|s)? out\b",
    r"break into\b", r"moving to\b", r"plan(?:ning)? (?:to move|a move)\b", r"relocat",
    r"(?:my|the) (?:aim|goal|purpose)\b",
)  # fmt: skip


@check("objective", clause="G14", kinds=("request",))
def objective(piece: Piece) -> Iterator[Finding]:
    """Anything that says what one would like to know, outside of the promise to call."""
    for sentence in sentences(piece.text):
        if not any(promises(sentence.plain)) and _OBJECTIVE.search(sentence.plain):
            return
    if may_say_it_otherwise(piece.text, most=36):
        return
    yield missing(
        "We found no word on what you are after",
        "When they know what you would like to understand, they know whether they can help.",
        rewrite="I would like to learn how people get started in your field, and what the work is "
        "like from day to day.",
    )
