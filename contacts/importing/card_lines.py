"""The bytes of a .vcf file to cards, and a card to its properties.

A parser of our own: of nine files that programs of others wrote, vobject 0.9.9 refused one (an
iPhone's, whose lines end in CR CR LF), cut a name at its comma in one (Gmail's) and handed on a
phone as a bare URI in one (vCard 4), and one line that it cannot read loses the whole file. All
nine are read here, and 5,000 cards in half the time.

Lines are cut and joined as bytes, because phones fold in the middle of a letter. Each value is
decoded by itself: by the charset that it names, as UTF-8, or as the rest of the file, with a word.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from alumni.importing.text import find_encoding

BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
END = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
AGENT = re.compile(rb"([\w-]+\.)?AGENT[^:]*:\s*", re.IGNORECASE)
FIRST_CARD = re.compile(rb"(?:^|[\r\n])\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
SNIFFED_BYTES = 4096
LINE_END = re.compile(rb"\r*\n|\r")
QUOTED_PRINTABLE = re.compile(rb"[^:]*;(ENCODING=)?\"?QUOTED-PRINTABLE", re.IGNORECASE)
BASE64 = re.compile(rb"[^:]*;(ENCODING=)?\"?(BASE64|B)\"?[;:]", re.IGNORECASE)
BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{16,}=*|[A-Za-z0-9+/]{2,}={1,2}")
OLD_VERSION = re.compile(rb"\s*VERSION\s*:\s*2\.1", re.IGNORECASE)
PROPERTY = re.compile(
    r"(?:([\w-]+)\.)?([A-Za-z][\w-]*)((?:;(?:\"[^\"]*\"|[^\":])*)?):(.*)", re.DOTALL
)
PARAMETER = re.compile(r";((?:\"[^\"]*\"|[^\";])*)")
# What is words even when it is packed as a picture would be.
TEXTS = {"FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR", "NOTE", "URL"}
ENCODINGS = {"quoted-printable", "base64", "b", "8bit", "7bit"}


@dataclass(slots=True)
class Card:
    number: int
    lines: list[bytes] = field(default_factory=list)
    # A sentence when the card cannot be trusted as a whole.
    problem: str = ""


@dataclass(slots=True)
class Property:
    name: str  # in capitals
    value: str
    group: str = ""
    types: frozenset[str] = frozenset()  # in small letters: “home”, “cell”, “pref”
    params: dict[str, str] = field(default_factory=dict)
    # The charset could not be what it should be, and was guessed.
    is_guessed: bool = False


def looks_like_cards(content: bytes) -> bool:
    return FIRST_CARD.search(_as_bytes(content[:SNIFFED_BYTES])) is not None


def split_cards(content: bytes) -> tuple[list[Card], int]:
    """Every card of the file, and the number of filled lines that stand outside of any."""
    splitter = _Splitter()
    for line in LINE_END.split(_as_bytes(content)):
        splitter.feed(line)
    if splitter.open_card:
        splitter.open_card.problem = (
            "The file breaks off inside this card. Was the download cut short?"
        )
    return splitter.cards, splitter.stray


class _Splitter:
    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.open_card: Card | None = None
        self.in_agent = False
        self.stray = 0

    def feed(self, line: bytes) -> None:
        if BEGIN.fullmatch(line):
            self._begin()
        elif END.fullmatch(line):
            self._end()
        elif self.open_card is None:
            self.stray += bool(line.strip())
        elif self.in_agent:
            self.open_card.lines[-1] += line.strip() + rb"\n"
        else:
            self.open_card.lines.append(line)

    def _begin(self) -> None:
        lines = self.open_card.lines if self.open_card else []
        if lines and not self.in_agent and AGENT.fullmatch(lines[-1]):
            # The card of an assistant, in the card: a text of several lines, as vCard 3 has it.
            self.in_agent = True
            return
        if self.open_card:
            self.open_card.problem = "This card has no end: the next one begins inside it."
        self.open_card, self.in_agent = Card(len(self.cards) + 1), False
        self.cards.append(self.open_card)

    def _end(self) -> None:
        if self.in_agent:
            self.in_agent = False
            return
        self.stray += self.open_card is None
        self.open_card = None


def _as_bytes(content: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8; all else has the signs of a card where ASCII has them."""
    start = content[:4]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        encoding = find_encoding(content)
        if encoding.startswith("utf-"):
            return content.decode(encoding, "replace").removeprefix("\ufeff").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def logical_lines(card: Card) -> Iterator[bytes]:
    """The card's lines with their continuations: folded, quoted-printable, or bare base64."""
    blank = rb" " if any(map(OLD_VERSION.match, card.lines)) else b""
    parts: list[bytes] = []
    for line in _at_the_margin(card.lines):
        if not parts:
            parts = [line]
        elif parts[-1].endswith(b"=") and QUOTED_PRINTABLE.match(parts[0]):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in b" \t" and line.strip():
            # vCard 2.1 folds at a blank, which is part of the text.
            keep = b"" if BASE64.match(parts[0]) else blank
            parts.append(keep + line[1:])
        elif BASE64.match(parts[0]) and (not line or BASE64_LINE.fullmatch(line)):
            parts.append(line)
        else:
            yield b"".join(parts)
            parts = [line]
    yield b"".join(parts)


def _at_the_margin(lines: list[bytes]) -> list[bytes]:
    """A card pasted from a mail may stand to the right as a whole, folds and all."""
    first = next(filter(bytes.strip, lines), b"")
    indent = first[: len(first) - len(first.lstrip())]
    if not indent or not all(line.startswith(indent) for line in lines if line.strip()):
        return lines
    return [line.removeprefix(indent) for line in lines]


def read_property(line: bytes, *, fallback: str) -> Property | None:
    """None for a line that has no name and value."""
    found = PROPERTY.fullmatch(line.decode("latin-1"))
    if found is None:
        return None
    group, name, raw_params, raw_value = found.groups()
    types, params = _parameters(raw_params)
    value = raw_value.encode("latin-1")
    if params.get("encoding", "") == "quoted-printable":
        value = quopri.decodestring(value)
    elif params.get("encoding", "") in ("base64", "b") and name.upper() in TEXTS:
        value = _unpacked(value)
    text, is_guessed = _decode(value, params.get("charset", ""), fallback)
    return Property(name.upper(), text, (group or "").lower(), types, params, is_guessed)


def _unpacked(value: bytes) -> bytes:
    """Words that came as base64; as they stand, if they only say that they do."""
    try:
        return base64.b64decode(b"".join(value.split()), validate=True)
    except binascii.Error:
        return value


def _parameters(raw: str) -> tuple[frozenset[str], dict[str, str]]:
    """Types apart; vCard 2.1 writes them bare (TEL;WORK), and encodings as well."""
    types: set[str] = set()
    params: dict[str, str] = {}
    for part in PARAMETER.findall(raw):
        key, equals, value = part.partition("=")
        key, value = key.strip().lower(), value.strip().strip('"')
        if not equals:
            key, value = ("encoding" if key in ENCODINGS else "type"), key
        if key == "type":
            types.update(filter(None, value.lower().replace(" ", "").split(",")))
        elif key == "encoding":
            params[key] = value.lower()
        else:
            params[key] = _decode(value.encode("latin-1"), "", "cp1252")[0]
    if params.get("pref") == "1":
        types.add("pref")
    return frozenset(types), params


def _decode(value: bytes, charset: str, fallback: str) -> tuple[str, bool]:
    if value.isascii() and not charset.lower().startswith(("utf-7", "iso-2022")):
        return value.decode("ascii"), False
    for encoding in (charset, "utf-8"):
        try:
            text = value.decode(encoding)
            text.encode()  # Some charsets can spell half a letter, which nothing can store.
        except (ValueError, LookupError):
            continue
        return text, encoding != charset != ""
    try:
        return value.decode(fallback), True
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace"), True
