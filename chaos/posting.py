"""A mail server of the worse kind: `python -m chaos.posting PORT SEED LOG [MOOD]`.

Everything it takes it writes down, also what it took without saying so: the sender cannot know.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from email import message_from_bytes
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.smtp import SMTP

GOOD, BAD = "good", "bad"
# Of a hundred mails: how many meet this.
MOODS = {
    "takes it": 84.0,
    "421 to RCPT": 2.0,
    "450 to RCPT": 3.0,
    "451 to DATA": 3.0,
    "hangs": 1.0,
    "drops before DATA": 3.0,
    "drops after DATA": 3.0,
    "takes it and hangs": 1.0,
}
NO_SUCH_PERSON = "550 5.1.1 Nobody of this name lives here"
HANGS_FOR = 60


class PostOffice:
    """Its mood is drawn anew for each mail, by the seed."""

    def __init__(self, seed: int, log: Path, *, only: str = "") -> None:
        self.chance = Random(seed)  # noqa: S311 - a run must repeat itself
        self.log = log.open("a", buffering=1)
        self.moods: dict[Any, str] = {}
        self.drawn = {only: 1.0} if only else MOODS

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Takes sender, reader and DATA in one breath, and may drop the line in the middle."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.startswith(f"{BAD}."):
            self.write(address, "refused")
            return NO_SUCH_PERSON
        mood = self.chance.choices(list(self.drawn), weights=list(self.drawn.values()))[0]
        self.moods[session] = mood
        if mood.endswith("to RCPT"):
            self.write(address, "put off")
            return f"{mood[:3]} 4.3.0 Come back later"
        if mood == "drops before DATA":
            return self._hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any
    ) -> str:
        mood, (address, *_) = self.moods.pop(session, "takes it"), envelope.rcpt_tos
        if mood == "hangs":
            await asyncio.sleep(HANGS_FOR)
            return "451 4.4.2 Asleep"
        if mood.endswith("to DATA"):
            self.write(address, "put off")
            return f"{mood[:3]} 4.3.0 Come back later"
        message = message_from_bytes(envelope.content)
        is_said = mood == "takes it"
        self.write(address, "taken", id=message["Message-ID"], is_said=is_said)
        if mood == "drops after DATA":
            return self._hang_up(server)
        if not is_said:
            await asyncio.sleep(HANGS_FOR)
        return "250 2.0.0 Taken"

    def _hang_up(self, server: SMTP) -> str:
        server.transport.abort()  # type: ignore[union-attr]  # it is connected
        return "421 4.3.0 Goodbye"

    def write(self, address: str, what: str, **more: Any) -> None:
        entry = {"at": time.time(), "to": address, "what": what, **more}
        self.log.write(json.dumps(entry) + "\n")


async def serve(port: int, seed: int, log: Path, *, only: str = "") -> None:
    office = PostOffice(seed, log, only=only)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(office, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    port, seed, log, *mood = sys.argv[1:]
    asyncio.run(serve(int(port), int(seed), Path(log), only="".join(mood)))
