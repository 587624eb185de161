"""A whole CareerHub of its own: `up` in a folder of its own, as a user starts it."""

import email
import email.policy
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import REPOSITORY

# What the servers of the test run put there; this college starts its own.
OF_THE_TEST_RUN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "PORT")
SECONDS_TO_START = 90
SECONDS_TO_SEND = 30


class College:
    """The running demo college: its address, its shell and its mail folder."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.url = f"http://localhost:{port}"
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
        self._environment = {
            **kept,
            "CAREERHUB_VAR": str(var),
            "PORT": str(port),
            "PYTHONPATH": str(REPOSITORY),
        }
        self._log = (var / "up.log").open("w")
        self._up = self._run("careerhub.embedded.up", "--port", str(port))

    def manage(self, *arguments: str) -> None:
        assert self._run("careerhub.embedded.manage", *arguments).wait(60) == 0

    def mails(self) -> list[EmailMessage]:
        """Every mail sent so far, oldest first."""
        files = sorted((self.var / "mail").glob("*.eml"))
        return [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in files
        ]

    def wait_for_mail_to(self, address: str, *, after: int) -> EmailMessage:
        """The first mail to `address` beyond the first `after` of all mails."""
        give_up_at = time.monotonic() + SECONDS_TO_SEND
        while time.monotonic() < give_up_at:
            for mail in self.mails()[after:]:
                if address in mail["To"]:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} in {SECONDS_TO_SEND} s\n{self.log()}")

    def wait_until_ready(self) -> None:
        give_up_at = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < give_up_at and self._up.poll() is None:
            try:
                with urlopen(f"{self.url}/readyz/", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the college did not start\n{self.log()}")

    def log(self) -> str:
        return (self.var / "up.log").read_text()[-4000:]

    def stop(self) -> None:
        self._up.terminate()
        self._up.wait(30)
        self._log.close()

    def _run(self, module: str, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=REPOSITORY,
            env=self._environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture(scope="session")
def college(tmp_path_factory) -> Iterator[College]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    college = College(tmp_path_factory.mktemp("college"), port)
    try:
        college.wait_until_ready()
        yield college
    finally:
        college.stop()
