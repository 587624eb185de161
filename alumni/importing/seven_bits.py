"""Letters beyond ASCII written in ASCII, as mail once needed it: UTF-7, and two ways of Asia's."""

from __future__ import annotations

import re
from mmap import mmap

# “Jos+AOk-”: a letter of Europe.
UTF_7 = re.compile(rb"\+A[C-X][A-Za-z0-9+/]")
HZ = re.compile(rb"~\{(?:[!-~]{2})+~\}")
JAPANESE = (b"\x1b$B", b"\x1b$@")
LAST_OF_EUROPE = "\u024f"
# “Smart” marks and dashes.
MARKS = set("‘’“”–—…€")


def find_seven_bits(content: bytes | mmap) -> str:
    """The encoding, when signs of one are found and all of the file makes sense by it."""
    if any(content.find(sign) >= 0 for sign in JAPANESE):
        return "iso2022_jp" if _read(content, "iso2022_jp") else ""
    if content.find(b"~{") >= 0 and HZ.search(content):
        return "hz" if _read(content, "hz") else ""
    if content.find(b"+A") >= 0 and UTF_7.search(content):
        letters = {sign for sign in _read(content, "utf-7") if not sign.isascii()} - MARKS
        if letters and all(sign.isalpha() and sign <= LAST_OF_EUROPE for sign in letters):
            return "utf-7"
    return ""


def _read(content: bytes | mmap, encoding: str) -> str:
    try:
        return content[:].decode(encoding)
    except UnicodeDecodeError:
        return ""
