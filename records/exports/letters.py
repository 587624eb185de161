"""Letters as plain text, one file each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contacts.models import ContactQuerySet
from letters.blocks import PARAGRAPHS, assemble
from letters.models import Letter

LONGEST_NAME = 60


def letters_of(people: ContactQuerySet) -> Iterator[tuple[str, str]]:
    """File name and text of each; the number keeps two names apart."""
    letters = Letter.objects.filter(contact__in=people.order_by()).with_people().order_by("id")
    for letter in letters.iterator(chunk_size=100):
        kind, on = letter.get_kind_display().lower(), letter.sent_on or "draft"
        name = file_name(f"{letter.contact.name}, {kind}, {on}")
        yield f"{name} ({letter.pk}).txt", text_of(letter)


def text_of(letter: Letter) -> str:
    state = f"sent on {letter.sent_on}" if letter.sent_on else letter.get_state_display().lower()
    head = [f"{letter.get_kind_display()} to {letter.contact.name}: {state}"]
    if letter.subject:
        head.append(f"Subject: {letter.subject}")
    return "\r\n".join([*head, "", *words_of(letter).splitlines(), ""])


def words_of(letter: Letter) -> str:
    """The letter as it reads; a block that the builder no longer knows is not lost."""
    known = {name for names in PARAGRAPHS[letter.kind] for name in names}
    others = [words for name, words in letter.blocks.items() if name not in known]
    return "\n\n".join(filter(None, [assemble(letter.kind, letter.blocks).text, *others]))


def file_name(words: str) -> str:
    """Letters, digits, commas and single spaces: what every system takes."""
    plain = " ".join(re.sub(r"[^\w, -]", " ", words).split())
    return plain[:LONGEST_NAME].strip(" .,") or "letter"
