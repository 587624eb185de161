"""A name as people write it: titles, commas, “Jr.”, and what tells one Hal from another. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A title before one word alone says which name that is: “Professor Kim”, “Aunt Rosa”.
BEFORE_FAMILY_NAME = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend",
        "rabbi", "imam", "dean", "judge", "coach",
    }
)  # fmt: skip
# “Dean Winters” may well be a student.
TITLES_ALONE = BEFORE_FAMILY_NAME - {"dean", "judge", "coach", "imam", "miss"}
BEFORE_GIVEN_NAME = frozenset(
    {
        "aunt", "auntie", "uncle", "cousin", "grandma", "grandpa", "father", "fr", "pastor",
        "sister", "brother",
    }
)  # fmt: skip
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Not “Ma” and “Do”: families are called so.
DEGREES = frozenset({"phd", "md", "dds", "dvm", "jd", "mba", "mfa", "cpa", "esq"})
AFTER_A_NAME = GENERATIONS | DEGREES

LETTERS_OF_THEIR_OWN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
ALSO_CALLED = re.compile(r"[(\"“]\s*(\w+)\.?\s*[)\"”]")
# “Hal from the train”: what follows tells people apart and is no name.
TELLS_WHO = re.compile(r"\s(?:from|at|with|who)\s.*|[(\[–—@].*", re.DOTALL)
APOSTROPHES = re.compile(r"(?<=\w)['’‘`´](?=\w)")
DOTTED_DEGREES = re.compile(r"\b(?:ph\. ?d|m\.d|d\.d\.s|d\.v\.m|j\.d|m\.b\.a|m\.f\.a|c\.p\.a)\b\.?")
WORDS = re.compile(r"[^\W_]+")


class Name(NamedTuple):
    """Folded words, the given name first."""

    words: tuple[str, ...]
    also: str = ""
    generation: str = ""
    is_family_name: bool = False

    @property
    def given(self) -> str:
        return self.words[0]

    @property
    def family(self) -> str:
        return self.words[-1]

    @property
    def given_names(self) -> tuple[str, ...]:
        return (self.given, self.also) if self.also else (self.given,)


@lru_cache(maxsize=20_000)
def read_name(text: str) -> Name | None:
    """None where nothing is left of it that could be a name."""
    also = ALSO_CALLED.search(text)
    text = ALSO_CALLED.sub(" ", text)
    text = TELLS_WHO.sub("", text) or text
    words = _words(_given_name_first(text))
    generation = next((word for word in words[1:] if word in GENERATIONS), "")
    words = [word for n, word in enumerate(words) if not n or word not in AFTER_A_NAME]
    titles = []
    while len(words) > 1 and words[0] in BEFORE_FAMILY_NAME | BEFORE_GIVEN_NAME:
        titles.append(words.pop(0))
    if not words:
        return None
    is_family_name = len(words) == 1 and any(title in BEFORE_FAMILY_NAME for title in titles)
    return Name(tuple(words), _fold(also[1]) if also else "", generation, is_family_name)


def spoken_to(text: str) -> str:
    """How a mail begins: “Ana” for Ana Ruiz and Dr. Ana Ruiz, “Dr. Ruiz” where no more is known.

    Empty where there is no name.
    """
    first, *others = _given_name_first(text).split() or [""]
    if not others or first.casefold().rstrip(".") not in TITLES_ALONE:
        return first
    return others[0] if len(others) > 1 else f"{first} {others[0]}"


def is_after_a_name(text: str) -> bool:
    """“Jr.”, “PhD”: what stands after a comma and is nobody of its own."""
    words = _words(text)
    return bool(words) and all(word in AFTER_A_NAME for word in words)


def _given_name_first(text: str) -> str:
    """“Brooks, Imani” is Imani Brooks; “Imani Brooks, PhD” stays as it is."""
    first, comma, rest = text.partition(",")
    if not comma or not _words(rest) or is_after_a_name(rest):
        return text
    return f"{rest.replace(',', ' ')} {first}"


def _words(text: str) -> list[str]:
    text = DOTTED_DEGREES.sub(lambda found: re.sub(r"[. ]", "", found[0]), _fold(text))
    return WORDS.findall(APOSTROPHES.sub("", text))


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(LETTERS_OF_THEIR_OWN)
