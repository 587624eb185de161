"""Cards and binder as PDF: what the Typst templates are given, and the letters that they lack."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from contacts.models import Contact
from core.pdf import FONTS, typeset
from records.card import Card, Row, card_of
from records.filters import Paper
from records.timeline import Happening, timeline_of
from records.whole import EVERYTHING, load

# About two seconds of work; more people come in parts, so that nobody waits long for a file.
PEOPLE_A_FILE = 250
# A longer run of letters without a space is given places to break at.
LONGEST_RUN = 24
# Signs that steer a terminal: nothing to print.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Letters that every font of ours has: nothing to ask Typst about.
PLAIN = re.compile(r"[\s\x20-\x7e\xa0-\xff–—‘’“”…]+")
PROBE = """#set document(title: "letters")
#set text(font: ("Figtree", "Libertinus Serif"))
#for letter in json(bytes(sys.inputs.data)) [#text(letter)

]"""
# Typst names a letter itself, or by its number.
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def cards_pdf(cards: Sequence[Card], *, paper: Paper, today: date) -> bytes:
    """Index cards, one a page or four a sheet; a long one goes on on a second card."""
    data = {
        "paper": paper.value,
        "printed": in_words(today),
        "missing": missing_letters(words for card in cards for words in words_of(card)),
        "cards": [_card(card) for card in cards],
    }
    return typeset("cards.typ", data)


def binder_pdf(contacts: Sequence[Contact], *, zone: str, owner: str, today: date) -> bytes:
    """A page or more for each person, with a table of contents by name."""
    people = [_person(contact, zone) for contact in load(contacts, EVERYTHING)]
    data = {
        "owner": owner,
        "printed": in_words(today),
        "missing": missing_letters([json.dumps(people, ensure_ascii=False)]),
        "people": people,
    }
    return typeset("binder.typ", data)


def in_words(on: date) -> str:
    return date_format(on, "F j, Y")


def qr_code(pk: int) -> str:
    """An SVG that opens the page of a contact; the address says nothing about anybody."""
    url = f"{settings.SITE_URL}{reverse('contacts:detail', args=[pk])}"
    return segno.make(url, error="m", micro=False, mask=2, boost_error=False).svg_inline(
        border=1, omitsize=True
    )


def missing_letters(texts: Iterable[str]) -> str:
    """The letters that the fonts of this machine cannot draw, each once; mostly none.

    Typst draws a box for them and says nothing, but for PDF/A it must say so: asked for
    that, it names each.
    """
    unusual = sorted({letter for text in texts for letter in PLAIN.sub("", printable(text))})
    return "".join(_cannot_draw("".join(unusual))) if unusual else ""


@lru_cache(maxsize=256)
def _cannot_draw(letters: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "letters.typ"
        template.write_text(PROBE)
        try:
            typst.compile(
                str(template),
                root=folder,
                font_paths=[str(FONTS)],
                sys_inputs={"data": json.dumps(list(letters))},
                format="pdf",
                pdf_standards=["a-2b"],
            )
        except typst.TypstError as refusal:
            named = "".join(NOT_SHOWN.findall(str(refusal.diagnostic)))
            named = ESCAPED.sub(lambda code: chr(int(code[1], 16)), named)
            return tuple(letter for letter in letters if letter in named)
    return ()


def words_of(card: Card) -> list[str]:
    return [card.name, card.work, *(line for row in card.rows() for line in row.lines)]


def _card(card: Card) -> dict[str, Any]:
    # The last line of a card is there only when there is something to say.
    rows = [row for row in card.rows() if row.lines or row.label != "Follow-up mailed"]
    return {
        "name": pieces(card.name),
        "work": pieces(card.work),
        "rows": [{"label": row.label, "lines": list(map(pieces, row.lines))} for row in rows],
        "qr": qr_code(card.pk),
    }


def _person(contact: Contact, zone: str) -> dict[str, Any]:
    card = card_of(contact)
    return {
        "name": breakable(card.name),
        "work": breakable(card.work),
        "facts": [_fact(row) for row in [*_more(contact), *card.rows()] if row.lines],
        "timeline": [_happening(one) for one in timeline_of(contact, zone=zone, in_full=True)],
        "qr": qr_code(card.pk),
    }


def _more(contact: Contact) -> list[Row]:
    rows = [("Career field", contact.field), ("Why this person", contact.why)]
    return [Row(label, (words,) if words else ()) for label, words in rows]


def _fact(row: Row) -> dict[str, str]:
    return {"label": row.label, "words": breakable("\n".join(row.lines))}


def _happening(one: Happening) -> dict[str, Any]:
    return {
        "on": in_words(one.on),
        "title": breakable(one.title),
        "line": breakable(one.line),
        "words": breakable(one.words),
        "details": [
            {"label": breakable(detail.label), "words": breakable(detail.words)}
            for detail in one.details
        ],
    }


def pieces(text: str) -> list[str]:
    """A text in pieces between which a line, and a card, may break; joined they are the text."""
    return re.findall(rf"\s*\S{{1,{LONGEST_RUN}}}|\s+$", printable(text))


def breakable(text: str) -> str:
    """With places to break (U+200B) in long runs, so that nothing leaves the page."""
    return re.sub(rf"(\S{{{LONGEST_RUN}}})(?=\S)", "\\1\u200b", printable(text))


def printable(text: str) -> str:
    return CONTROLS.sub("", text.replace("\r\n", "\n"))
