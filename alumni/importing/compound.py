"""One stream out of a compound file, in which Excel kept its workbooks until 2007 (.xls)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

NAME_BYTES, ENTRY_BYTES = 64, 128
NO_SECTOR = 0xFFFFFFFA  # This and above mean the end, or nothing.
IN_HEADER = 109


class BadCompound(ValueError):
    """It is none, or its parts do not lead to each other."""


def stream_of(content: bytes, name: str) -> bytes:
    try:
        return _Compound(content).stream(name.encode("utf-16-le"))
    except (struct.error, IndexError) as error:
        raise BadCompound from error


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or small_shift > shift:
            raise BadCompound
        self._size, self._small_size = 1 << shift, 1 << small_shift
        (first,), self._smallest, first_small = (
            struct.unpack_from("<I", content, 48),
            *struct.unpack_from("<II", content, 56),
        )
        self._next = self._table(self._sectors_of_table())
        self._entries = self._read(first)
        self._next_small = self._table(self._chain(first_small, self._next))

    def stream(self, name: bytes) -> bytes:
        for at in range(0, len(self._entries), ENTRY_BYTES):
            entry = self._entries[at : at + ENTRY_BYTES]
            if entry[:NAME_BYTES].startswith(name + b"\0\0"):
                first, size = struct.unpack_from("<II", entry, 116)
                if size >= self._smallest:
                    return self._read(first)[:size]
                return self._read_small(first)[:size]
        raise BadCompound

    def _read(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._next)))

    def _read_small(self, first: int) -> bytes:
        """What is shorter than a limit stands in a stream of its own, that of the first entry."""
        whole = self._read(struct.unpack_from("<I", self._entries, 116)[0])
        size = self._small_size
        return b"".join(
            whole[at * size : (at + 1) * size] for at in self._chain(first, self._next_small)
        )

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self, sectors: Iterator[int]) -> list[int]:
        whole = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4]))

    def _sectors_of_table(self) -> Iterator[int]:
        numbers = struct.unpack_from(f"<{IN_HEADER}I", self._content, 76)
        yield from (number for number in numbers if number < NO_SECTOR)
        (more,) = struct.unpack_from("<I", self._content, 68)
        for _ in range(len(self._content) // self._size):
            if more >= NO_SECTOR:
                return
            *numbers_there, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            yield from (number for number in numbers_there if number < NO_SECTOR)

    @staticmethod
    def _chain(first: int, following: list[int]) -> Iterator[int]:
        """Each sector names the next; a file made to break its reader leads in circles."""
        for _ in range(len(following) + 1):
            if first >= NO_SECTOR:
                return
            yield first
            first = following[first]
        raise BadCompound
