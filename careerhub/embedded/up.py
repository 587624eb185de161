"""`./bin/careerhub up`: servers, migrations, web, worker and beat, in one terminal."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from typing import NoReturn

from careerhub.embedded import lock, process, terminal
from careerhub.embedded.keeping import Kept
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.programs import programs, running
from careerhub.embedded.servers import is_postgres_ours, servers, var_folder

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The demo's password is no secret: it is in the README.
DEMO_PASSWORD = "careerhub-demo"  # noqa: S105
SECONDS_TO_GET_READY = 60


class Failed(Exception):
    """The message is the one sentence that the user gets."""


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    os.environ["PORT"] = str(options.port)  # Settings make links with it.
    for number in ENDINGS:
        signal.signal(number, _end_once)
    var = var_folder()
    try:
        with lock.owning(var):
            up(options.port, demo=not options.no_demo)
    except KeyboardInterrupt:
        terminal.say("Everything has stopped.")
        return 0
    except lock.InUse:
        terminal.complain(f"CareerHub is running already, from another terminal (it uses {var}).")
    except (Failed, ServerFailed) as failure:
        terminal.complain(str(failure))
    return 1


def up(port: int, *, demo: bool) -> NoReturn:
    """Run until a signal (KeyboardInterrupt) or until a part fails (Failed, ServerFailed)."""
    _check_that_port_is_free(port)
    with servers(var_folder()) as embedded:
        terminal.say("Preparing the database and the pages …")
        log_ins = _prepare(demo=demo)
        with running(programs(port)) as children:
            _wait_until_ready(port, children)
            terminal.say(_welcome(port, log_ins))
            while True:
                for child in children:
                    child.look()
                for server in embedded:
                    if not server.is_running():
                        name = type(server).__name__
                        raise Failed(f"{name} ended by itself; its log is {server.log}.")
                time.sleep(0.25)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="careerhub up", description=__doc__)
    parser.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--no-demo", action="store_true", help="start with an empty database")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")


def _end_once(number: int, frame: object) -> None:
    """The first signal unwinds everything; a second one must not interrupt that."""
    for each in ENDINGS:
        signal.signal(each, lambda *_: None)
    # Nothing is written here: the write that was interrupted may hold the lock of the terminal.
    raise KeyboardInterrupt


def _check_that_port_is_free(port: int, *, seconds: float = 10) -> None:
    """The web process of a supervisor that was killed needs a moment to let go of it."""
    give_up_at = time.monotonic() + seconds
    while True:
        try:
            with socket.create_server(("127.0.0.1", port)):
                return
        except PermissionError as error:
            raise Failed(f"port {port} needs an administrator; try --port 8001.") from error
        except OSError as error:
            if time.monotonic() > give_up_at:
                sentence = (
                    f"port {port} is in use by another program; try --port {port % 65535 + 1}."
                )
                raise Failed(sentence) from error
            time.sleep(0.2)


def _prepare(*, demo: bool) -> list[str]:
    command = [sys.executable, "-m", "careerhub.embedded.prepare"]
    answer = subprocess.run(
        command if demo else [*command, "--no-demo"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        **process.bound_to_us(farewell=signal.SIGTERM),
    )
    if answer.returncode:
        raise Failed("the database or the pages could not be prepared; what stands above says why.")
    return answer.stdout.split()


def _wait_until_ready(port: int, children: list[Kept]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_GET_READY
    while (answer := _readiness(port)) != "200":
        _check_that_all_live(children)
        if time.monotonic() > give_up_at:
            raise Failed(f"/readyz/ was not ready in {SECONDS_TO_GET_READY} seconds: {answer}")
        time.sleep(0.1)


def _readiness(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz/")
        answer = connection.getresponse()
        return "200" if answer.status == 200 else f"{answer.status} {answer.read(200)!r}"
    except (OSError, HTTPException) as error:
        return str(error)
    finally:
        connection.close()


def _check_that_all_live(children: list[Kept]) -> None:
    """Who does not even come up is not started again."""
    for kept in children:
        if kept.child.poll() is not None:
            code = kept.child.returncode
            raise Failed(f"{kept.name} ended by itself with code {code}; its lines stand above.")


def _welcome(port: int, log_ins: list[str]) -> str:
    lines = ["", f"CareerHub is ready:  http://localhost:{port}/"]
    if is_postgres_ours() and not os.environ.get("EMAIL_URL"):
        lines.append(f"Mail that it sent:   http://localhost:{port}/mail/")
    if log_ins:
        lines += ["", f"Demo log-ins, password {DEMO_PASSWORD}:"]
        lines += [f"  {email}" for email in log_ins]
    return "\n".join([*lines, "", "Ctrl-C stops everything.", ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
