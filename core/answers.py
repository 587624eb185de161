"""What a mail server answers, one after the other; and whether the next one is near."""

from __future__ import annotations

import select
import smtplib

# Longer than any server has for one line (RFC 5321 demands 512).
LONGEST_LINE = 8192


class Answers:
    """smtplib reads them as well, and cannot be asked whether it would have to wait."""

    def __init__(self, line: smtplib.SMTP) -> None:
        assert line.sock is not None, "it is connected"  # noqa: S101 - for the type checker
        self._line, self._socket = line, line.sock
        self._rest = b""
        self._arrival = select.poll()
        self._arrival.register(self._socket, select.POLLIN)

    def are_near(self, *, seconds: float) -> bool:
        """Whether something of the next one comes in that time."""
        if self._rest or getattr(self._socket, "pending", int)():  # What TLS has read already.
            return True
        return bool(self._arrival.poll(seconds * 1000))

    def next(self) -> tuple[int, bytes]:
        said = self._next_line()
        words = said[4:].strip()
        while said[3:4] == b"-":
            said = self._next_line()
            words += b"\n" + said[4:].strip()
        return (int(said[:3]) if said[:3].isdigit() else -1), words

    def _next_line(self) -> bytes:
        while True:
            said, end, rest = self._rest.partition(b"\n")
            if end:
                self._rest = rest
                return said
            if len(said) > LONGEST_LINE:
                self._line.close()
                raise smtplib.SMTPResponseException(500, b"Line too long.")
            self._rest += self._more()

    def _more(self) -> bytes:
        """As smtplib says it when the line is dropped, or the patience for one answer is over."""
        try:
            more = self._socket.recv(LONGEST_LINE)
        except OSError as error:
            self._line.close()
            raise smtplib.SMTPServerDisconnected(
                f"Connection unexpectedly closed: {error}"
            ) from None
        if not more:
            self._line.close()
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return more
