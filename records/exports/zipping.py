"""A zip that goes out while it is made: never more than a piece of it is in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple


class Member(NamedTuple):
    name: str
    pieces: Iterable[bytes]


class _Outlet(io.RawIOBase):
    """A file that cannot go back: the zip then notes sizes after each member."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        pieces, self.waiting = self.waiting, []
        return b"".join(pieces)


def zipped(members: Iterable[Member], *, at: datetime) -> Iterator[bytes]:
    """The bytes of the zip; each member is asked for its pieces when its turn comes."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            about = zipfile.ZipInfo(member.name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            with archive.open(about, "w") as file:
                for piece in member.pieces:
                    file.write(piece)
                    if waiting := outlet.take():
                        yield waiting
            if waiting := outlet.take():
                yield waiting
    yield outlet.take()
