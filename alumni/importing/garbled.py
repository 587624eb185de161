"""Letters that were wrong before a list came here, as no choice of an encoding can mend them.

UTF-8 that a program took for something else and saved again (“JosÃ©”), letters by their names in
HTML (“Jos&eacute;”), letters that an older system did not have (“Jos?”). What was meant is a
library's work; that somebody hears of it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from alumni.importing.cells import BROKEN, shown
from alumni.importing.letters import is_of_two_scripts
from alumni.importing.table import Record

# As a list says a letter that it has lost.
LOST = "\ufffd"
# The first byte of a letter in UTF-8 and the next, each taken for a letter of its own: by Windows,
# and by an old Macintosh.
MAC = "mac_roman"
MAC_FIRST, MAC_NEXT = bytes(range(0xC2, 0xF5)).decode(MAC), bytes(range(0x80, 0xC0)).decode(MAC)
IN_PIECES = re.compile(
    f"{LOST}|[Â-ô][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[{MAC_FIRST}][{MAC_NEXT}]"
)
WORD = re.compile(r"[^\W\d_]+")
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[1-4]?|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});")
# No address of a page: “watch?v=1”.
WITHIN_A_WORD = re.compile(r"(?<![\w/.=&?-])[^\W\d_]+\?[^\W\d_]+(?![\w/.=&?-])")
AFTER_A_LETTER = re.compile(r"[^\W\d_]\?")


def is_suspect(text: str) -> bool:
    """Whether a closer look pays. Nothing else is ever mended."""
    return bool(
        (not text.isascii() and IN_PIECES.search(text))
        or ("&" in text and ENTITY.search(text))
        or (("#" in text or "Err:" in text) and BROKEN.search(text))
        or ("?" in text and AFTER_A_LETTER.search(text))
    )


def mended(text: str) -> str:
    """As it was meant; the same where nothing is wrong, or nothing can be done."""
    if not is_suspect(text):
        return text
    from ftfy import fix_text  # A tenth of a second that most lists do not need.

    meant = fix_text(text, _letters_alone()).strip()
    return meant if meant != text else _from_old_mac(text) or text


def _from_old_mac(text: str) -> str:
    """What the library leaves alone; nothing where it was none.

    “Anna—Élise” was none, though its bytes would make a letter of another script: no word has two.
    """
    try:
        meant = text.encode(MAC).decode()
    except UnicodeError:
        return ""
    return "" if any(map(is_of_two_scripts, WORD.findall(meant))) else meant


@cache
def _letters_alone():
    """Quotes, blanks and wide signs stay as somebody wrote them."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        explain=False,
        fix_c1_controls=False,
        fix_character_width=False,
        fix_latin_ligatures=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        normalization=None,
        remove_control_chars=False,
        remove_terminal_escapes=False,
        uncurl_quotes=False,
    )


def look_at(text: str, *, is_name: bool = False) -> tuple[str, list[str]]:
    """As it was meant, and in words what was wrong with it.

    “Smith &amp; Sons” has no wrong letter, and needs no word.
    """
    meant, said = mended(text), []
    if not text.isascii() and meant != text:
        said.append(f"{shown(text)} came garbled, and we read it as {shown(meant)}.")
    if _has_lost_a_letter(meant, is_name=is_name):
        said.append(f"A letter of {shown(meant)} was lost before it came here. Type it again.")
    return meant, said


def as_meant(
    record: Record, columns: Iterable[int], *, names: Collection[int]
) -> tuple[Record, list[str]]:
    """The same for these cells of a row; `names` are the columns with names of people."""
    cells, remarks = list(record.cells), []
    for index in columns:
        if index < len(cells):
            cells[index], said = look_at(cells[index], is_name=index in names)
            remarks += said
    return record._replace(cells=cells), remarks


def _has_lost_a_letter(text: str, *, is_name: bool) -> bool:
    """In a name a “?” is always one; elsewhere it may ask something."""
    pattern = AFTER_A_LETTER if is_name else WITHIN_A_WORD
    return LOST in text or bool(pattern.search(text))
