"""Nothing is left to fill in (G15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import unaccented
from letters.checks.registry import ANY, at, check

_NOUNS = (
    r"name|field|company|employer|major|dates?|school|college|job|title|position|department|topic|"
    r"city|phone|number|address|e-?mail|place|month|day|time"
)
_BLANK = re.compile(
    r"\[(?!sic\]|\d{1,3}\]|\.\.\.\]|…\])[^\[\]\n]{0,120}\]|"
    r"\{\{?[^{}\n]{0,80}\}?\}|"
    r"<(?![\w.+-]+@|https?:|www\.|3)[^<>\n@]{1,80}>|"
    r"_{2,}|"
    r"\.{5,}|…{2,}|(?<=\S )-{4,}(?= \S)|"
    r"\bX{2,}\b|\bx{3,}\b|"
    r"\b(?:TODO|TBD|TBA|FIXME|TKTK|[Ll]orem ipsum)\b|"
    r"\b(?:INSERT|YOUR|ADD|ENTER|FILL IN)(?: [A-Z]{2,})+\b|"
    rf"\((?i:(?:insert|your|their|enter|company|first|last|the)(?: (?:the|a|"
    rf"your))?(?: (?:{_NOUNS})){{1,2}})\)|"
    r"(?im:^[ \t]*(?:dear|hi|hello)(?: (?:mr|mrs|ms|dr|prof|professor)\.?)?[ \t]*[,:](?=\s*$))"
)
_CLOSE_TOGETHER = re.compile(r"^[\s\W_]*$")


@check("blank", clause="G15", kinds=ANY)
def blank(piece: Piece) -> Iterator[Finding]:
    for found in _BLANK.finditer(unaccented(piece.text)):
        greets = found[0][:1].isalpha() and found[0].rstrip()[-1:] in ",:"
        whom = (
            f"{found[0].split()[0]} {piece.contact_name}," if greets and piece.contact_name else ""
        )
        yield at(
            piece.text,
            found.span(),
            "Something is left to fill in",
            "A gap shows that the same letter went to others. Fill it, or take the sentence out.",
            rewrite=whom,
            stops=True,
        )
