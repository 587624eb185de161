"""How a field or a major is written in the middle of a sentence: “publishing”, “English”, “UX”."""

from __future__ import annotations

import re

from letters.checks.words import words

# Languages, peoples, places and faiths keep their capital. What is not here is a common word.
_PROPER = words(
    """
    Africa African Africana America American Americas Arab Arabic Armenian Asia Asian Australian
    Black Brazilian British Broadway Buddhist Byzantine Canadian Caribbean Celtic Chicana Chicano
    Chicanx China Chinese Christian Czech Danish Dutch East Eastern Egyptian England English Europe
    European Filipino Finnish France French German Germanic Germany Greek Haitian Hawaiian Hebrew
    Hindi Hindu Hispanic Hollywood Hungarian India Indian Indigenous Indonesian Internet Iranian
    Irish Islam Islamic Israel Israeli Italian Italy Japan Japanese Jewish Judaic Korea Korean
    Latin Latina Latino Latinx Marxist Mediterranean Mexican Mexico Middle Montessori Muslim Native
    Norse Norwegian Ottoman Pacific Persian Polish Portuguese Python Renaissance Roman Russia
    Russian Sanskrit Scandinavian Scottish Sikh Slavic Spanish Swahili Swedish Thai Tibetan Turkish
    Ukrainian Victorian Vietnamese Welsh Yiddish
    """
)
# These keep theirs beside a proper word alone: “Middle Eastern studies”, but “middle schools”.
_BESIDE = frozenset({"Middle", "East", "Eastern", "Native", "Black", "Pacific"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def within(phrase: str) -> str:
    """Only capitals that English sets at the head of a label go; “3D” and “iOS” stay."""
    proper = {word for word in _WORD.findall(phrase) if word in _PROPER}
    kept = proper if len(proper) > 1 or not proper <= _BESIDE else set()
    return _WORD.sub(lambda word: word[0] if word[0] in kept else _lowered(word[0]), phrase)


def _lowered(word: str) -> str:
    return word.lower() if word[0].isupper() and word[1:].islower() else word
