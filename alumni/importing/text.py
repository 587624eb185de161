"""Bytes to text: which encoding a list was saved in."""

from __future__ import annotations

import codecs
import re

import chardet

from alumni.importing.table import UnreadableFile

BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Below this, chardet has seen too few letters to tell ("Windows-1250" for one ©), and an office in
# the West nearly always has cp1252.
SURE_ENOUGH = 0.04
SAMPLE_BYTES = 200_000

NOT_A_LIST = [
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"{\\rtf", "a text document"),
    (b"BEGIN:VCARD", "a set of contact cards (vCard)"),
]
MARKUP = re.compile(rb"^(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml|svg)", re.IGNORECASE)
# Control characters other than tab and line ends: text has none, or a stray one.
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")
KINDS_READ = "CareerHub reads CSV and TSV files and Excel or OpenDocument workbooks."


def decode(content: bytes) -> tuple[str, str]:
    """The text of the file and the name of its encoding; UnreadableFile when it is not text."""
    _refuse_other_kinds(content)
    encoding = find_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_unknown_encoding()) from error
    start = text[:SAMPLE_BYTES]
    if len(CONTROLS.findall(start)) + start.count("\0") > max(3, len(start) // 50):
        raise UnreadableFile(_unknown_encoding())
    return text, encoding


def _refuse_other_kinds(content: bytes) -> None:
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableFile("The file is empty. Please choose the file that holds your list.")
    for signature, kind in NOT_A_LIST:
        # "BM" also begins the heading "BMI": a picture has zero bytes soon after.
        if content.startswith(signature) and (len(signature) > 2 or b"\0\0" in content[:16]):
            raise UnreadableFile(f"This is {kind}, not a list, whatever its name. {KINDS_READ}")
    if MARKUP.match(content):
        raise UnreadableFile(
            "This is a web page or an XML file under another name. Open it in your spreadsheet "
            "program, save it as .xlsx or .csv, and upload that."
        )


def find_encoding(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if encoding := _utf16_without_mark(content[:4096]):
        return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(content)
    return "utf-8"


def _utf16_without_mark(start: bytes) -> str:
    """Western text in UTF-16 has a zero in every second byte; a stray NUL does not."""
    pairs = len(start) // 2
    if start[1::2].count(0) > 0.4 * pairs and start[0::2].count(0) < 0.2 * pairs:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * pairs and start[1::2].count(0) < 0.2 * pairs:
        return "utf-16-be"
    return ""


def _guess(content: bytes) -> str:
    first = next(i for i, byte in enumerate(content) if byte >= 0x80)
    guess = chardet.detect(content[max(0, first - 2000) : first + SAMPLE_BYTES])
    if guess["encoding"] is None or guess["confidence"] < SURE_ENOUGH:
        return "cp1252"
    try:
        content.decode(guess["encoding"])
    except (UnicodeDecodeError, LookupError):
        return "cp1252"
    if b"Aa@,".decode(guess["encoding"]) != "Aa@,":
        raise UnreadableFile(_unknown_encoding())  # EBCDIC: no office's list, or not meant for us
    return guess["encoding"].lower()


def _unknown_encoding() -> str:
    return (
        "We could not tell how the letters in this file are encoded, so names would come out "
        "garbled. Save it again as “CSV UTF-8” or as an Excel workbook, and upload that."
    )
