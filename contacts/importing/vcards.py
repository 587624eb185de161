"""One card to what it says, with the labels that its owner gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from contacts.importing.card_lines import Card, Property, logical_lines, read_property
from contacts.importing.dates import day_in_words
from contacts.importing.found import Found, Labeled

PIECE = re.compile(r"\\.|[^\\;,]+|[;,]|\\$", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
# What programs write down for themselves.
TECHNICAL = {
    "BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "CLASS", "MAILER", "SORT-STRING", "PROFILE",
    "SOURCE", "KIND", "MEMBER", "XML", "CLIENTPIDMAP", "X-ABADR", "X-ABUID", "X-ABLABEL",
    "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER", "X-IMAGEHASH",
    "X-IMAGETYPE", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-MS-CARDPICTURE",
    "X-SHARED-PHOTO-DISPLAY-PREF", "X-WALLPAPER",
}  # fmt: skip
LEFT_BEHIND = {"PHOTO", "LOGO", "SOUND", "KEY"}
ADDRESS_PARTS = ("box", "extended", "street", "city", "region", "code", "country")
# In the order in which they are named before “phone”; “pref”, “voice” and “internet” say nothing.
KINDS = {"home": "Home", "work": "Work", "cell": "Mobile", "car": "Car", "main": "Main"}
NO_VOICE = {"fax": "fax", "pager": "pager", "telex": "telex", "bbs": "modem", "modem": "modem"}
LABELS = {
    "BDAY": "Birthday", "ANNIVERSARY": "Anniversary", "X-MS-ANNIVERSARY": "Anniversary",
    "X-ANNIVERSARY": "Anniversary", "X-ABDATE": "Date", "NOTE": "Note",
    "CATEGORIES": "Groups", "RELATED": "Related", "X-ABRELATEDNAMES": "Related", "TZ": "Time zone",
    "GEO": "Map position", "LANG": "Language", "GENDER": "Gender", "AGENT": "Assistant",
    "IMPP": "Chat", "X-MS-IMADDRESS": "Chat", "X-MS-MANAGER": "Manager",
    "X-MS-ASSISTANT": "Assistant", "X-MS-SPOUSE": "Spouse", "X-SPOUSE": "Spouse",
    "X-MANAGER": "Manager", "X-ASSISTANT": "Assistant", "ROLE": "Role",
    "X-PHONETIC-FIRST-NAME": "First name, as it sounds",
    "X-PHONETIC-LAST-NAME": "Last name, as it sounds",
}  # fmt: skip
DATES = {"BDAY", "ANNIVERSARY", "X-MS-ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE"}
# A name, before what only its parts or a nickname say.
NAMES = ["Name", "Full name", "Nickname"]
LONGEST_SHOWN = 500


def read_card(card: Card, *, fallback: str) -> Found:
    found = Found(card.number, problem=card.problem)
    if any(b"\0" in line for line in card.lines):
        found.problem = found.problem or "This card holds NUL bytes, which are no text."
    properties = list(_properties(card, found, fallback))
    if any(one.name.endswith("KIND") and one.value.lower() == "group" for one in properties):
        found.problem = found.problem or "This is a group of cards, and nobody of its own."
    labels = {
        one.group: _in_words(_plain(one.value))
        for one in properties
        if one.name == "X-ABLABEL" and one.group
    }
    for one in properties:
        _take(found, one, labels.get(one.group, ""))
    found.names.sort(key=lambda name: NAMES.index(name.label))
    if any(one.is_guessed for one in properties):
        found.remarks.append(
            "This card does not say how its letters are written, so we had to guess. Look at them."
        )
    return found


def _properties(card: Card, found: Found, fallback: str) -> Iterator[Property]:
    for line in logical_lines(card):
        if not line.strip():
            continue
        one = read_property(line, fallback=fallback)
        if one is not None:
            yield one
        elif not found.problem:
            text = line.decode("utf-8", "replace").strip()
            found.details.append(Labeled("A line we could not read", text[:LONGEST_SHOWN]))
            found.remarks.append("A line of this card could not be read. It is kept as it stands.")


def _take(found: Found, one: Property, custom: str) -> None:
    if one.name in LEFT_BEHIND:
        found.left_behind += 1
    elif one.name in TAKERS:
        TAKERS[one.name](found, one, custom)
    elif one.name not in TECHNICAL:
        label = custom or LABELS.get(one.name) or one.name.removeprefix("X-").capitalize()
        value = _plain(one.value)
        if one.name in DATES:
            value = day_in_words(value)
        elif one.name == "AGENT":
            value = re.sub(r"(?im)^(begin|end|version):.*\n?", "", value)
        elif one.name == "CATEGORIES":
            value = ", ".join(filter(None, _parts(one.value, ",")))
        found.details.append(Labeled(label, value))


def _in_words(label: str) -> str:
    """Apple's own labels are one word in brackets: HomePage, AssistantPhone."""
    own = APPLE_LABEL.fullmatch(label)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", own[1]).capitalize() if own else label


def _plain(value: str) -> str:
    """Escapes undone: a line break, a comma, a semicolon, a colon."""
    return ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value).strip()


def _parts(value: str, separator: str) -> list[str]:
    """Cut at each separator that is not escaped."""
    return [_plain(part) for part in _cut(value, separator)]


def _cut(value: str, separator: str) -> list[str]:
    if "\\" not in value:
        return value.split(separator)
    parts = [""]
    for piece in PIECE.findall(value):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _label(one: Property, custom: str) -> str:
    return custom or " ".join(w for kind, w in KINDS.items() if kind in one.types).capitalize()


def _take_name(found: Found, one: Property, custom: str) -> None:
    found.names.append(Labeled("Name", _plain(one.value)))


def _take_nickname(found: Found, one: Property, custom: str) -> None:
    found.names.append(Labeled("Nickname", ", ".join(filter(None, _parts(one.value, ",")))))


def _take_name_in_parts(found: Found, one: Property, custom: str) -> None:
    family, given, middle, prefix, suffix = [*_cut(one.value, ";"), *[""] * 5][:5]
    parts = (prefix, given, middle, family, suffix)
    value = " ".join(" ".join(_parts(part, ",")) for part in parts if part)
    found.names.append(Labeled("Full name", value))


def _take_organization(found: Found, one: Property, custom: str) -> None:
    company, *departments = _parts(one.value, ";")
    found.employers.append(Labeled(_label(one, custom), company))
    found.details.append(Labeled("Department", " / ".join(filter(None, departments))))


def _take_title(found: Found, one: Property, custom: str) -> None:
    found.titles.append(Labeled(_label(one, custom), _plain(one.value)))


def _take_email(found: Found, one: Property, custom: str) -> None:
    value = re.sub("^mailto:", "", _plain(one.value), flags=re.IGNORECASE)
    found.emails.append(Labeled(_label(one, custom), value, "pref" in one.types))


def _take_phone(found: Found, one: Property, custom: str) -> None:
    value = _plain(one.value)
    if value.lower().startswith("tel:"):
        value = re.sub(";ext=", " ext ", value[4:], flags=re.IGNORECASE).split(";")[0]
    silent = next((word for kind, word in NO_VOICE.items() if kind in one.types), "")
    label = _label(one, custom)
    if silent:
        found.details.append(Labeled(f"{label} {silent}".strip().capitalize(), value))
    else:
        found.phones.append(Labeled(label, value, "pref" in one.types))


def _take_address(found: Found, one: Property, custom: str) -> None:
    parts = [", ".join(filter(None, _parts(part, ","))) for part in _cut(one.value, ";")]
    known = dict(zip(ADDRESS_PARTS, parts, strict=False))
    value = address_in_lines(known) or _plain(one.params.get("label", ""))
    found.addresses.append(Labeled(_label(one, custom), value, "pref" in one.types))


def address_in_lines(parts: dict[str, str]) -> str:
    """As on an envelope."""
    town = " ".join(
        filter(None, (", ".join(filter(None, (parts.get("city"), parts.get("region")))),
                      parts.get("code")))
    )  # fmt: skip
    street = (parts.get("box"), parts.get("street"), parts.get("extended"))
    return "\n".join(filter(None, (*street, town, parts.get("country"))))


def _take_address_label(found: Found, one: Property, custom: str) -> None:
    """An address once more, as it was typed: only news when it says another thing."""
    value = _plain(one.value)
    words = set(re.findall(r"\w+", value))
    if not any(words <= set(re.findall(r"\w+", known.value)) for known in found.addresses):
        label = " ".join(filter(None, (_label(one, custom), "address label")))
        found.details.append(Labeled(label.capitalize(), value))


def _take_website(found: Found, one: Property, custom: str) -> None:
    network = next((kind for kind in one.types if kind not in ("pref", *KINDS)), "")
    label = custom or (network.capitalize() if one.name != "URL" else _label(one, custom))
    found.websites.append(Labeled(label, _plain(one.value), "pref" in one.types))


TAKERS: dict[str, Callable[[Found, Property, str], None]] = {
    "FN": _take_name,
    "NICKNAME": _take_nickname,
    "N": _take_name_in_parts,
    "ORG": _take_organization,
    "TITLE": _take_title,
    "EMAIL": _take_email,
    "TEL": _take_phone,
    "ADR": _take_address,
    "LABEL": _take_address_label,
    "URL": _take_website,
    "X-SOCIALPROFILE": _take_website,
}
