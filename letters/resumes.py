"""Which files a résumé may be: told by what they hold, whatever they are called. Pure."""

from __future__ import annotations

from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 5 * 1024 * 1024
ODT = b"application/vnd.oasis.opendocument.text"


class Kind(NamedTuple):
    extension: str
    content_type: str


PDF = Kind("pdf", "application/pdf")
WORD = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
OPEN_DOCUMENT = Kind("odt", ODT.decode())
KINDS = {kind.extension: kind for kind in (PDF, WORD, OPEN_DOCUMENT)}


def kind_of(file: IO[bytes]) -> Kind | None:
    """PDF, Word or OpenDocument; None for anything else. The file is left at its beginning."""
    try:
        file.seek(0)
        # The standard lets a PDF begin within the first thousand bytes.
        head = file.read(1024)
        if b"%PDF-" in head:
            return PDF
        return _kind_in_zip(file) if head.startswith(b"PK\x03\x04") else None
    finally:
        file.seek(0)


def _kind_in_zip(file: IO[bytes]) -> Kind | None:
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return WORD
            if "mimetype" not in names:
                return None
            with archive.open("mimetype") as mimetype:
                # No more than its name: a small archive may hold a very large entry.
                return OPEN_DOCUMENT if mimetype.read(len(ODT) + 1).strip() == ODT else None
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None


def shown_name(file_name: str, kind: Kind) -> str:
    """The name that the student gave, with the ending that its content has, fit for a header."""
    letters = (letter for letter in file_name if letter.isprintable() and letter not in '/\\"')
    stem = "".join(letters).rpartition(".")[0] or "resume"
    return f"{stem.strip()[:200] or 'resume'}.{kind.extension}"
