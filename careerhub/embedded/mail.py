"""Mail of the embedded default: each message is a file, and nothing leaves the machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailFolderBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = mail_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            if message.recipients():
                _write(folder, message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


def mail_folder() -> Path:
    """Read when it is needed: tests give each test a folder of its own."""
    return Path(settings.MAIL_FOLDER)


def _write(folder: Path, content: bytes) -> None:
    """Under a name that sorts by time, and never half a file: readers look for *.eml alone."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S-%f}-{secrets.token_hex(3)}"
    half_written = folder / f"{name}.part"
    descriptor = os.open(half_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half_written.rename(folder / f"{name}.eml")
