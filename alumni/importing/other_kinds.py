"""Files that are no list, whatever their names: told by how they begin."""

from __future__ import annotations

import re

from alumni.importing.table import UnreadableFile

# As much is looked at.
START_BYTES = 2000
DATA, MAIL = "data of a program (JSON)", "a web page or a mail"
STATISTICS = "data of a statistics program"
BY_BYTES = [
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a document"),
    (b"\x1f\x8b\x08", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a text document"),
    (b"SQLite format", "a database"),
    (b"\x01Standard Jet DB", "a database"),
    (b"\x01Standard ACE DB", "a database"),
    (b"$FL2", STATISTICS),
    (b"$FL3", STATISTICS),
    (b"<stata_dta>", STATISTICS),
    (b"HEADER RECORD*******LIB", STATISTICS),
    (b"PAR1", "data of a program (Parquet)"),
]
BY_WORDS = [
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rb'\{[^{}]*"doc_id"', "a link to a Google sheet"),
        (rb"\[InternetShortcut\]", "a link"),
        (rb"BEGIN:VCARD", "a set of contact cards (vCard)"),
        (rb"BEGIN:VCALENDAR", "a calendar"),
        (rb'[\[{]\s*["{\[]', DATA),
        (rb"MIME-Version:|(?:From|Received|Return-Path|Date|Subject): (?=[^\0]*\nContent-Type:)",
         MAIL),
        # Not “ID;P” alone, as the standard has it: so begins “ID;Phone”.
        (rb"ID;P(?:WXL|SCALC)", "a workbook of an old kind (SYLK)"),
        (rb"TABLE\s+0,1\s+\"", "a workbook of an old kind (DIF)"),
        (rb"(?:version: 1\s+)?dn: ", "a set of entries of a directory (LDIF)"),
        (rb"(?:--[^\r\n]*[\r\n]|/\*[^/]*/;?|\s)*(?:INSERT INTO|(?:CREATE|DROP) TABLE) [^\r\n]*[(;]",
         "a set of commands for a database (SQL)"),
    )
]  # fmt: skip
MARKUP = re.compile(
    rb"<(?:!doctype|!--|\?xml|(?:html|head|meta|style|body|div|table|svg)\b"
    rb"|[a-z][^<>\r\n]*>[\r\n ]*<)",
    re.IGNORECASE,
)
KINDS_READ = "CareerHub reads CSV and TSV files and Excel or OpenDocument workbooks."


def refuse(start: bytes, *, is_binary: bool) -> None:
    """UnreadableFile for what begins so; `is_binary` where zero bytes follow soon."""
    # “BM” also begins the heading “BMI”.
    kind = "a picture" if is_binary and start.startswith(b"BM") else ""
    kind = kind or next((kind for sign, kind in BY_BYTES if start.startswith(sign)), "")
    kind = kind or next((kind for pattern, kind in BY_WORDS if pattern.match(start)), "")
    if kind:
        raise UnreadableFile(f"This is {kind}, not a list, whatever its name. {KINDS_READ}")
    if MARKUP.match(start):
        raise UnreadableFile(
            "This is a web page or an XML file under another name. Open it in your spreadsheet "
            "program, save it as .xlsx or .csv, and upload that."
        )
