"""What mail programs demand of a mail, as a list of faults.

From caniemail.com and the habits of Outlook, Gmail and Apple Mail: Gmail cuts a mail at 102 kB,
Outlook knows no flex and no grid, all drop scripts, forms and style sheets from elsewhere.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage as Parsed
from html.parser import HTMLParser

from django.core.mail import EmailMessage

MOST_BYTES = 100_000
WIDEST = 600
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "div", "p", "h1", "h2", "h3", "ul", "ol",
    "li", "a", "strong", "em", "b", "br", "span", "hr", "time", "table", "tbody", "tr", "td", "th",
    "img",
}  # fmt: skip
EMPTY = {"meta", "br", "hr", "img"}
ONCE = ("From", "To", "Subject", "Date", "Message-ID")
# Not known, or not alike, in the mail programs that people have.
STRANGE_CSS = re.compile(
    r"\b(position|float|flex|grid|transform|animation|filter|gap)\b\s*:|var\(|calc\(|url\(|@import|@font-face"
    r"|display:\s*(flex|grid)"
)
IN_A_TEXT = {
    "an entity in the text": re.compile(r"&(amp|lt|gt|quot|nbsp|#\w+);"),
    "an element in the text": re.compile(r"</?(p|div|a|br|span|time|strong)\b"),
    "a hole in the text": re.compile(r"\{[{%]|\bNone\b"),
    "a gap in the text": re.compile(r"\n\n\n"),
    "a doubled full stop": re.compile(r"(?<!\.)\.\.(?!\.)"),
    "a sentence that begins small": re.compile(r",\n\n[a-z]"),
    "a foot that sticks to the text": re.compile(r"[^\n]\n-- \n"),
    "a time zone as programs call it": re.compile(
        r"(?<![/\w])(Africa|America|Asia|Australia|Europe|Pacific)/[A-Z]"
    ),
}
# Part of names in Persian and Hindi.
JOINERS = re.compile("[\u200c\u200d]")
METAS = {"charset", "viewport", "color-scheme"}
LINK = re.compile(r"https?://[^\s<>\")]+")


def faults_of(mail: EmailMessage) -> list[str]:
    raw = mail.message().as_bytes()
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    return [*_headers(mail, parsed), *_parts(parsed), *_size(raw)]


def _size(raw: bytes) -> Iterator[str]:
    if len(raw) > MOST_BYTES:
        yield f"{len(raw)} bytes"
    if any(len(line) > 998 for line in raw.splitlines()):
        yield "a line is longer than SMTP allows"


def _headers(mail: EmailMessage, parsed: Parsed) -> Iterator[str]:
    for name in ONCE:
        if len(parsed.get_all(name, [])) != 1:
            yield f"{len(parsed.get_all(name, []))} × {name}"
    for name in ("From", "To", "Reply-To"):
        for address in getattr(parsed[name], "addresses", ()):
            if not address.domain or parsed[name].defects:
                yield f"{name} is no address: {parsed[name]}"
    subject = str(parsed["Subject"])
    if (
        not subject.strip()
        or len(subject) > 250
        or not re.sub("[\u200c\u200d]", "", subject).isprintable()
    ):
        yield f"the subject is {subject!r}"
    if "Auto-Submitted" not in parsed and not mail.reply_to:
        yield "nobody wrote it, and it does not say so"


def _parts(parsed: Parsed) -> Iterator[str]:
    text = parsed.get_body(("plain",))
    if text is None:
        yield "no text"
        return
    words = text.get_content()
    yield from _text(words)
    html = parsed.get_body(("html",))
    if html is None:
        return
    if parsed.get_content_type() != "multipart/alternative":
        yield "text and HTML are no alternatives"
    page = Page()
    page.feed(html.get_content())
    page.close()
    yield from page.faults
    yield from page.missing()
    if page.links != set(LINK.findall(words)):
        yield f"links differ: {sorted(page.links ^ set(LINK.findall(words)))}"


def _text(words: str) -> Iterator[str]:
    lines = words.replace("\r", "")
    yield from (fault for fault, pattern in IN_A_TEXT.items() if pattern.search(lines))


class Page(HTMLParser):
    """Everything that can be said of the HTML in one walk."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: set[str] = set()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}
        self.metas: set[str] = set()
        self.lang = ""
        self.title = self.style = self.widths = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag not in EMPTY:
            self.open.append(tag)
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        self._attributes(tag, given)
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "meta":
            self.metas.add(given.get("name", "charset" if "charset" in given else ""))
        elif tag == "a":
            self._link(given.get("href", ""))
        elif tag == "img" and not ("alt" in given and given.get("src", "").startswith("cid:")):
            self.faults.append("a picture from elsewhere, or without words")

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        style = given.get("style", "")
        self.widths += style
        if STRANGE_CSS.search(style):
            self.faults.append(f"strange style of <{tag}>: {style}")
        self.faults += [f"<{tag} {key}>" for key in given if key.startswith("on")]
        if tag in ("h1", "p", "body") and not style:
            self.faults.append(f"<{tag}> is not dressed")

    def _link(self, href: str) -> None:
        if not href.startswith(("https://", "http://", "mailto:")):
            self.faults.append(f"a link to {href!r}")
        if re.search(r"[?&](utm_|click|track)", href):
            self.faults.append(f"a link that counts: {href}")
        if not href.startswith("mailto:"):
            self.links.add(href)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "title":
            self.title += data
        elif inside == "style":
            self.style += data
        elif re.search(r"\{[{%]|\bNone\b", data):
            self.faults.append(f"a hole: {data.strip()[:60]}")

    def missing(self) -> Iterator[str]:
        if self.open:
            yield f"left open: {self.open}"
        if not self.lang:
            yield "no language"
        if not self.title.strip():
            yield "no title"
        if self.seen.get("h1") != 1:
            yield f"{self.seen.get('h1', 0)} h1"
        yield from (f"no meta {name}" for name in METAS - self.metas)
        yield from self._sheet()
        yield from self._widths()

    def _sheet(self) -> Iterator[str]:
        rules = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", self.style)
        if rules.strip():
            yield f"a style sheet that half of them drop: {rules.strip()[:80]}"
        if "prefers-color-scheme: dark" not in self.style:
            yield "no dark colours"

    def _widths(self) -> Iterator[str]:
        widths = [int(width) for width in re.findall(r"max-width:\s*(\d+)px", self.widths)]
        if not widths or max(widths) > WIDEST:
            yield f"widths {widths}"
        if re.search(r"(?<![-\w])width:\s*\d{3,}px", self.widths):
            yield "a width that no phone has"
