"""What lists write beside a name in its cell: “Ann Lee '03, MBA '07”, “Ann Lee <ann@x.edu>”."""

from __future__ import annotations

import re
from collections.abc import Set

_DEGREES = r"BA|BS|MBA|MD|JD|PhD|Ph\.D\.|LLB|LLM|EdD|MEd|MPH|MFA|MSW|[BM]Sc|BFA|G?P"
# Names of people as well: “Lou Ma '44”.
_BEHIND_A_COMMA = "MA|MS|AB|AM|SB|SM|G|H"
_OF = rf"(?:\b(?:{_DEGREES})|(?<=[,;/&]\s)(?:{_BEHIND_A_COMMA}))"
CLASSES = re.compile(
    rf"(?:[\s,;/&(\[]*(?:{_OF}\.?\s?)?['’‘`´]\d\d(?!\w)[)\]]*)+$"
    r"|\s*[(\[](?:[Cc]lass of )?(?:19|20)\d\d[)\]]$"
)
# Of a class that is a child's.
OF_PARENT = re.compile(r"G?P\.?\s?['’‘`´]\d\d")
# “(she/her)”, “[they]”
PRONOUNS = re.compile(r"\s*[(\[](?:she|he|they|ze|xe)\b[^)\]]*[)\]]", re.IGNORECASE)
WITH_EMAIL = re.compile(r"[\"“”']?(.*?)[\"“”']?\s*<(?:mailto:)?([^<>@\s]+@[^<>@\s]+)>")
# No name is longer, and to search one for what stands beside it would take for ever.
LONGEST = 300


def take_apart(given: dict[str, list[str]], names: Set[str]) -> None:
    """Leave the names alone in their cells. What stood beside one is used where no cell says it.

    Beside its parts a full name is not read at all.
    """
    is_in_parts = {"given_name", "family_name"} <= given.keys()
    for name in sorted(names & given.keys() - ({"full_name"} if is_in_parts else set())):
        cell = given[name][0]
        if len(cell) > LONGEST:
            continue
        cell = PRONOUNS.sub("", cell)
        if found := WITH_EMAIL.fullmatch(cell):
            cell = found[1]
            if "second_email" not in given:
                given.setdefault("email", [found[2]])
        if found := CLASSES.search(cell):
            cell = cell[: found.start()]
            if own := OF_PARENT.sub("", found[0]).strip(" ,;/&()[]"):
                given.setdefault("class_year", [own])
        given[name][0] = cell
        if not cell:
            del given[name]
