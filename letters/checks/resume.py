"""No résumé goes with a first letter (G32)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import plain
from letters.checks.registry import at, check, missing

_PAPER = r"(?:resume|cv|curriculum vitae)"
_MINE = (
    rf"(?:(?:my|a|an|the|this|copy|of|latest|current|updated|attached|enclosed|cv|and|"
    rf"brief) ){{1,4}}{_PAPER}\b"
)
_GOES_WITH = re.compile(
    rf"\bi(?:'ve|'m| am| have| will|'ll)?(?: also| therefore)? (?:attach|enclos|includ|send|sent|"
    rf"append)(?:e|ed|ing)? {_MINE}|"
    rf"\b(?:attach|enclos)ed (?:please |you will |you'll )?(?:find|is|are|to this \S+ is) {_MINE}|"
    rf"\b(?:please )?(?:see|find|read|review|(?:have|take) a look at|look at|refer to) (?:(?:my|"
    rf"the) )?(?:attached|enclosed) {_PAPER}\b|"
    rf"\b(?:please )?(?:see|find|review) (?:my|the) {_PAPER} (?:below|attached|enclosed)|"
    rf"\b(?:my|the|a) {_PAPER} (?:is|are|has been) (?:also )?(?:attached|enclosed|included|below)|"
    rf"\bencl(?:osures?|\.)?: ?{_PAPER}"
)
_WHY = (
    "A résumé in a first letter looks like an application. Bring it when you meet, "
    "and ask what they would change."
)
_INSTEAD = "I would be glad to bring my résumé when we meet, to hear what you would change"


@check("resume", clause="G32", kinds=("request",))
def resume(piece: Piece) -> Iterator[Finding]:
    reads = plain(piece.text)
    found = _GOES_WITH.search(reads)
    if found:
        fits = re.match(r"i|enclosed (?:please )?find|my", found[0]) and found[0][-1] != "w"
        yield at(
            piece.text,
            found.span(),
            "A résumé with a first letter",
            _WHY,
            rewrite=_INSTEAD if fits else "",
        )
    elif piece.attaches_resume:
        yield missing("A résumé with a first letter", _WHY)
