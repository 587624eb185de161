"""A mail server that takes everything and keeps nothing: a process of its own, on loopback.

It answers at once and offers pipelining. VRFY says how many mails came, and how many different
Message-IDs they had; “VRFY all” begins to count anew.
"""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from careerhub.embedded.process import bound_to_us

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Sink(asyncio.Protocol):
    came: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a server is given
        self.transport, self.rest, self.is_mail = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while END in self.rest if self.is_mail else b"\r\n" in self.rest:
            piece, self.rest = self.rest.split(END if self.is_mail else b"\r\n", 1)
            self._take(piece) if self.is_mail else self._answer(piece)

    def _take(self, mail: bytes) -> None:
        found = MESSAGE_ID.search(mail)
        self.came.append(found[1] if found else b"")
        self.is_mail = False
        self.transport.write(b"250 taken\r\n")

    def _answer(self, line: bytes) -> None:
        command = line[:4].upper()
        if command == b"DATA":
            self.is_mail = True
            self.transport.write(b"354 go on\r\n")
        elif command == b"EHLO":
            self.transport.write(b"250-sink\r\n250-8BITMIME\r\n250 PIPELINING\r\n")
        elif command == b"VRFY":
            self.transport.write(b"250 %d %d\r\n" % (len(self.came), len(set(self.came))))
            if line[5:] == b"all":
                self.came.clear()
        elif command == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 yes\r\n")


@contextmanager
def running() -> Iterator[int]:
    """The port of a sink that ends with the block."""
    command = [sys.executable, "-m", "benchmarks.sink"]
    bound = bound_to_us(farewell=signal.SIGTERM)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **bound)
    try:
        assert process.stdout  # noqa: S101 - asked for a pipe
        yield int(process.stdout.readline())
    finally:
        with process:
            process.terminate()


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
