"""A mail in text and HTML, put together by hand: the long way takes longer than to send it."""

from __future__ import annotations

import quopri
import re
import secrets
import time
from collections.abc import Iterator
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import forbid_multi_line_headers

LINE_END = re.compile(r"\r\n|\r|\n")
# Octets of a line (RFC 5321, 4.5.3.1.6), its end not counted.
LONGEST_LINE = 998
# Neither encoded nor folded by anybody.
PLAIN_HEADER = re.compile(r"[!-~](?:[ -~]{0,58}[!-~])?")


class Built:
    """What Django asks of a message, and no more."""

    def __init__(self, headers: dict[str, str], parts: list[tuple[str, str]]) -> None:
        self.headers, self.parts = headers, parts

    def __getitem__(self, name: str) -> str | None:
        return self.headers.get(name)

    def as_bytes(self, linesep: str = "\n") -> bytes:
        border = f"=_{secrets.token_hex(12)}"
        kind = f'Content-Type: multipart/alternative; boundary="{border}"'
        lines = [f"{name}: {value}" for name, value in self.headers.items()]
        head = "\n".join([kind, "MIME-Version: 1.0", *lines, "", ""])
        pieces = [head.encode("ascii")]
        for mimetype, content in self.parts:
            body, coding = _encoded(LINE_END.sub("\n", content) if "\r" in content else content)
            head = (
                f'--{border}\nContent-Type: {mimetype}; charset="utf-8"\n'
                f"Content-Transfer-Encoding: {coding}\n\n"
            )
            pieces += [head.encode("ascii"), body, b"\n"]
        pieces.append(f"--{border}--\n".encode("ascii"))
        return b"".join(pieces).replace(b"\n", linesep.encode("ascii"))

    def as_string(self) -> str:
        return self.as_bytes().decode()


class Alternatives(EmailMultiAlternatives):
    """With a Message-ID that is given, and nothing attached."""

    def message(self, *_, **__) -> Built:  # type: ignore[override]  # it does as a message
        html = [(mimetype, str(content)) for content, mimetype in self.alternatives]
        return Built(dict(self._headers()), [("text/plain", str(self.body)), *html])

    def _headers(self) -> Iterator[tuple[str, str]]:
        """Refused where a line break could begin another, encoded where it is not ASCII."""
        given = {
            "Subject": self.subject,
            "From": self.from_email,
            "To": ", ".join(self.to),
            "Cc": ", ".join(self.cc),
            "Reply-To": ", ".join(self.reply_to),
            "Date": _date(int(time.time()), settings.EMAIL_USE_LOCALTIME),
            **self.extra_headers,
        }
        for name, value in given.items():
            if value or name == "Subject":
                yield name, _header(name, value)


@lru_cache(maxsize=256)
def _header(name: str, value: str) -> str:
    if PLAIN_HEADER.fullmatch(value):
        return value
    return forbid_multi_line_headers(name, value, settings.DEFAULT_CHARSET)[1]


@lru_cache(maxsize=1)
def _date(second: int, is_local: bool) -> str:
    return formatdate(second, localtime=is_local)


def _encoded(content: str) -> tuple[bytes, str]:
    raw = content.encode()
    if _has_long_line(raw):
        return quopri.encodestring(raw), "quoted-printable"
    return raw, "7bit" if content.isascii() else "8bit"


def _has_long_line(raw: bytes) -> bool:
    """In leaps from one end of a line to the last one that it may have at the latest."""
    start = 0
    while len(raw) - start > LONGEST_LINE:
        end = raw.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            return True
        start = end + 1
    return False
