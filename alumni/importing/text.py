"""Bytes to text: which encoding a list was saved in. A long file is looked at in pieces."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from mmap import mmap
from unicodedata import normalize

from alumni.importing.letters import likeliest
from alumni.importing.other_kinds import START_BYTES, refuse
from alumni.importing.seven_bits import find_seven_bits
from alumni.importing.table import UnreadableFile

# Whatever can be sliced and searched: a long file is mapped, not read.
Content = bytes | mmap

BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# What a person may choose when the letters came out wrong, by the names that people know.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows, Western Europe",
    "mac_roman": "Old Macintosh",
    "cp850": "DOS, Western Europe",
    "cp1250": "Windows, Central Europe",
    "iso8859-2": "Latin 2, Central Europe",
    "mac_latin2": "Old Macintosh, Central Europe",
    "cp1251": "Windows, Cyrillic",
    "koi8_r": "KOI8, Cyrillic",
    "mac_cyrillic": "Old Macintosh, Cyrillic",
    "cp1253": "Windows, Greek",
    "iso8859-7": "ISO, Greek",
    "cp1254": "Windows, Turkish",
    "cp1255": "Windows, Hebrew",
    "cp1256": "Windows, Arabic",
    "cp1257": "Windows, Baltic",
    "cp852": "DOS, Central Europe",
    "iso8859-15": "Latin 9",
    "cp874": "Windows, Thai",
    "cp1258": "Windows, Vietnamese",
    "cp932": "Japanese",
    "euc_jp": "Japanese, Unix",
    "gb18030": "Chinese",
    "big5hkscs": "Chinese, traditional",
    "cp949": "Korean",
    "utf-16": "UTF-16",
}
# Windows has names (髙橋) that the standards have not: what was read by these is read by those.
WIDER = {"shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
# With a mark in front, or without one.
VARIANTS = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
# Below this, chardet has seen too few letters to tell ("Windows-1250" for one ©), and an office in
# the West nearly always has cp1252.
SURE_ENOUGH = 0.04
SAMPLE_BYTES = 200_000
PIECE_BYTES = 1 << 20

LINE_END = re.compile(rb"[\r\n]+")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
UTF8_SIGN = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
MOSTLY = 4
EXAMPLE_BYTES, LONGEST_EXAMPLE, MOST_EXAMPLES = 20_000, 20, 3
# With the vowels and tones that Thai, Hebrew and Arabic write above or below a letter.
WORD = re.compile(r"[\w’'\u0591-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e-]+")
# Control characters other than tab and line ends: text has none, or a stray one.
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")


def check_encoding(content: Content, *, said: str | None = None) -> str:
    """The name of the file's encoding; UnreadableFile when it is not text.

    `said` is what a person chose in place of what was found.
    """
    _refuse_other_kinds(content)
    encoding = said or find_encoding(content)
    # UTF-8 is found by reading all of it.
    is_found = encoding == "utf-8" and not said
    if not is_found and not _is_in(content, encoding):
        raise UnreadableFile(_not_in(said) if said else _unknown_encoding())
    start = content[:SAMPLE_BYTES].decode(encoding, "ignore")
    if len(CONTROLS.findall(start)) + start.count("\0") > max(3, len(start) // 50):
        raise UnreadableFile(_unknown_encoding())
    return encoding


def _refuse_other_kinds(content: Content) -> None:
    if not any(piece.strip(b"\0 \t\r\n") for piece in _pieces(content)):
        raise UnreadableFile("The file is empty. Please choose the file that holds your list.")
    # UTF-16 has a mark in front and a zero beside each letter.
    start = content[:START_BYTES].replace(b"\0", b"")
    for mark, _ in BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    refuse(start.lstrip(), is_binary=b"\0\0" in content[:16])


def find_encoding(content: Content) -> str:
    start = content[:4096]
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    if encoding := _utf16_without_mark(start) or find_seven_bits(content):
        return encoding
    return "utf-8" if _is_in(content, "utf-8") else _guess(content)


def name_of(encoding: str) -> str:
    """As people know it; the one of programs where it is too rare to have one."""
    return ENCODINGS.get(VARIANTS.get(encoding, encoding), encoding)


def examples(content: Content, encoding: str) -> list[str]:
    """Words by which a person sees whether a guess was right; none where nothing was guessed."""
    first = NOT_ASCII.search(content)
    if first is None or encoding.startswith("utf"):
        return []
    start = content.rfind(b"\n", 0, first.start()) + 1
    text = content[start : start + EXAMPLE_BYTES].decode(encoding, "ignore")
    found = WORD.findall(normalize("NFC", text))
    words = dict.fromkeys(word for word in found if not word.isascii())
    return [word[:LONGEST_EXAMPLE] for word in words][:MOST_EXAMPLES]


def _is_in(content: Content, encoding: str) -> bool:
    # Whether only most of it decodes takes seconds to say of a long file, and is seldom asked.
    return _decodes(content, encoding) or (encoding == "utf-8" and _is_mostly_utf8(content))


def _is_mostly_utf8(content: Content) -> bool:
    """Rows from two programs in one file: a few bytes are not what the others are."""
    signs = others = 0
    for piece in _pieces(content):
        rest, found = UTF8_SIGN.subn(b"", piece)
        signs, others = signs + found, others + len(NOT_ASCII.findall(rest))
    return signs >= MOSTLY * others


def _pieces(content: Content) -> Iterator[bytes]:
    return (content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES))


def _decodes(content: Content, encoding: str) -> bool:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        for piece in _pieces(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except (UnicodeError, LookupError):
        return False
    return True


def _utf16_without_mark(start: bytes) -> str:
    """Western text in UTF-16 has a zero in every second byte; a stray NUL does not."""
    pairs = len(start) // 2
    if start[1::2].count(0) > 0.4 * pairs and start[0::2].count(0) < 0.2 * pairs:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * pairs and start[1::2].count(0) < 0.2 * pairs:
        return "utf-16-be"
    return ""


def _guess(content: Content) -> str:
    first = next(found.start() for found in NOT_ASCII.finditer(content))
    around = content[content.rfind(b"\n", 0, first) + 1 : first + SAMPLE_BYTES]
    found = likeliest([line for line in LINE_END.split(around) if not line.isascii()])
    if found and _decodes(content, found):
        return found
    import chardet  # A fiftieth of a second that lists in UTF-8 do not need.

    guess = chardet.detect(content[max(0, first - 2000) : first + SAMPLE_BYTES])
    if guess["encoding"] is None or guess["confidence"] < SURE_ENOUGH:
        return "cp1252"
    if not _decodes(content, guess["encoding"]):
        return "cp1252"
    if b"Aa@,".decode(guess["encoding"]) != "Aa@,":
        raise UnreadableFile(_unknown_encoding())  # EBCDIC: no office's list, or not meant for us
    return guess["encoding"].lower()


def _not_in(encoding: str) -> str:
    return (
        f"This file holds letters that do not exist in {name_of(encoding)}. Choose another way to "
        "read its letters, or save it again as “CSV UTF-8” and upload that."
    )


def _unknown_encoding() -> str:
    return (
        "We could not tell how the letters in this file are encoded, so names would come out "
        "garbled. Save it again as “CSV UTF-8” or as an Excel workbook, and upload that."
    )
