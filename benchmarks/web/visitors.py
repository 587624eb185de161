"""Eight people who ask for one page again and again, each on a line of their own."""

from __future__ import annotations

import asyncio
from time import perf_counter

from benchmarks.measuring import Wrong

CONNECTIONS = 8
END_OF_HEAD = b"\r\n\r\n"


def visit(port: int, path: str, *, times: int, cookie: str = "") -> list[float]:
    """How long each answer took, in seconds; all of them must be the page."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
    return asyncio.run(_all(port, request, times))


async def _all(port: int, request: bytes, times: int) -> list[float]:
    share = max(1, times // CONNECTIONS)
    taken = await asyncio.gather(*(_one(port, request, share) for _ in range(CONNECTIONS)))
    return [seconds for person in taken for seconds in person]


async def _one(port: int, request: bytes, times: int) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    for _ in range(times):
        began = perf_counter()
        writer.write(request)
        head = await reader.readuntil(END_OF_HEAD)
        if not head.startswith(b"HTTP/1.1 200 "):
            raise Wrong(f"The server says {head.splitlines()[0].decode()}.")
        await reader.readexactly(_length(head))
        taken.append(perf_counter() - began)
    writer.close()
    await writer.wait_closed()
    return taken


def _length(head: bytes) -> int:
    for line in head.lower().splitlines():
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise Wrong("An answer does not say how long it is.")
