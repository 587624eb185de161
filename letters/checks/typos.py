"""Is an unknown word a slip of the finger or the ear, or just a rare word?

A dictionary has no "bouldering", "lidar" or "placemaking" and would offer blundering, liar and
peacemaking. People who mistype double a letter, drop one, swap two, or take the wrong vowel.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Levenshtein

from letters.checks.words import words

# Short words have so many neighbors that a rare one would always be "corrected".
_SHORT, _LONG = 5, 8
_OFTEN = {
    "greatfull": "grateful",
    "wich": "which",
    "whit": "with",
    "thx": "thanks",
    "alot": "a lot",
}
# Words that always have one; a product or a field with a capital of its own is a matter of taste.
CAPITALS = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July
    August September October November December English American Spanish French German Italian
    Chinese Japanese Korean Russian Portuguese Arabic European African Asian Christmas
    Thanksgiving
    """
)
_VOWELS = frozenset("aeiouy")
# Letters that sound alike, or lie side by side under the fingers.
_MIXED_UP = words(
    """
    cs sc sz zs ck kc kq qk gj jg mn nm dt td fv vf bv vb sd ds nb bn vc cv io oi er re rt tr df
    fd gh hg kl lk ui iu yu uy op po as sa we ew
    """
)


def typed(word: str, rewrites: tuple[str, ...]) -> str:
    """The word that was meant; empty where `word` may be right as it is."""
    small = word.lower()
    for one in rewrites:
        same = re.sub(r"['’]", "", one).lower() == small
        if same and one != word and ("'" in one or "’" in one or one in CAPITALS):
            return one
    if small in _OFTEN:
        return _OFTEN[small]
    if _is_right(small, rewrites):
        return ""
    if len(word) < _SHORT:
        turned = [one for one in rewrites if sorted(one.lower()) == sorted(small)]
        return turned[0] if turned else ""
    most = 1 if len(word) < _LONG else 2
    near = (one for one in rewrites if "'" not in one and "’" not in one)
    return next((one for one in near if _is_slip(small, one.lower(), most)), "")


def _is_right(word: str, rewrites: tuple[str, ...]) -> bool:
    """British, a plural of a known word, or two known words written as one."""
    known = {one.lower() for one in rewrites}
    joined = {re.sub(r"[ -]", "", one) for one in known if " " in one or "-" in one}
    return (
        american(word) in known
        or len(set(word)) == 1
        or word in joined
        or (word.endswith("s") and word[:-1] in known)
        or (not word.endswith("s") and f"{word}s" in known)
        or word.endswith("wards")
    )


def _is_slip(word: str, right: str, most: int) -> bool:
    strokes = OSA.distance(word, right)
    if not 0 < strokes <= most or (word[0] != right[0] and sorted(word[:2]) != sorted(right[:2])):
        return False
    swapped = strokes == 1 < Levenshtein.distance(word, right)
    if swapped or _single(word) == _single(right):
        return True
    edits = Levenshtein.editops(word, right)
    added = {right[edit.dest_pos] for edit in edits if edit.tag == "insert"}
    # Two slips in one word are rare enough; that one of them takes a wrong consonant is rarer.
    replaced = {word[edit.src_pos] for edit in edits if edit.tag == "replace"}
    if strokes > 1 and not replaced <= _VOWELS:
        return False
    return all(
        _is_likely(edit.tag, word, right, edit.src_pos, edit.dest_pos, added) for edit in edits
    )


def _single(word: str) -> str:
    """Without doubled letters: “tommorow” and “tomorrow” are one."""
    return re.sub(r"(.)\1", r"\1", word)


def _is_likely(tag: str, word: str, right: str, at: int, to: int, added: set[str]) -> bool:
    if tag == "insert":
        return True
    if tag == "delete":
        letter = word[at]
        beside = word[max(at - 1, 0) : at] + word[at + 1 : at + 2]
        return letter in beside or letter in _VOWELS or letter == "h" or letter in added
    pair = word[at] + right[to]
    return pair in _MIXED_UP or set(pair) <= _VOWELS


def american(word: str) -> str:
    """British spelling is no mistake: “organisational” is “organizational” elsewhere."""
    for british, american in (
        (r"is(e|ed|es|er|ers|ing|ation|ations|ational)$", r"iz\1"),
        (r"our(s|ed|ing|ful|able|ite|ites|hood|al|ly|ist)?$", r"or\1"),
        (r"([aeiou]l)l(ed|ing|er|ers)$", r"\1\2"),
        (r"ogu(e|es)$", r"og"),
        (r"ogu(ed|ing|ers?)$", r"og\1"),
        (r"(t|b)re(s)?$", r"\1er\2"),
        (r"ence$", r"ense"),
        (r"yse(d|s)?$", r"yze\1"),
        (r"^(program)me(s)?$", r"\1\2"),
        (r"ae", r"e"),
    ):
        if re.search(british, word):
            changed = re.sub(british, american, word)
            return changed + "s" if word.endswith("ogues") else changed
    return word
