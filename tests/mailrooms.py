"""A real SMTP server that answers as it is told, and where it hears."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Mailroom:
    """An SMTP server's handler that answers as it is told."""

    def __init__(self, *, extensions=()):
        self.extensions = extensions
        self.envelopes = []
        self.to_recipient = None
        self.to_data = "250 Taken"
        self.drops = False
        self.refuses = ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd calls it so
        session.host_name = hostname
        return [*responses[:-1], *self.extensions, responses[-1]]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd calls it so
        if self.to_recipient:
            return self.to_recipient
        if address == self.refuses:
            return "550 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        self.envelopes.append(envelope)
        if self.drops:
            server.transport.abort()
        return self.to_data


@contextmanager
def hearing(handler: Mailroom) -> Iterator[int]:
    """The port on which it does."""
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
