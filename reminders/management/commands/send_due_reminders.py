"""One tick of the reminders, by hand."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from kombu.exceptions import OperationalError

from reminders import actions, tasks


class Command(BaseCommand):
    help = (
        "Asks a worker to send the reminders that are due now, or were due by --at. "
        "With --here, this process sends them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at",
            metavar="ISO",
            help="pretend that it is this moment, such as 2026-03-04T13:00:00Z; "
            "without an offset UTC is meant",
        )
        parser.add_argument("--here", action="store_true", help="send in this process")

    def handle(self, *args: Any, at: str | None, here: bool, **options: Any) -> None:
        moment = _parse(at) if at else timezone.now()
        if here:
            sent = actions.drain(at=moment)
            self.stdout.write(f"{sent} message{'' if sent == 1 else 's'} sent.")
            return
        try:
            tasks.drain.delay(at=moment.isoformat() if at else None)
        except OperationalError as error:
            raise CommandError(
                "The queue does not answer, so no worker can be asked. Is CareerHub running? "
                "With --here this process sends the mail itself."
            ) from error
        self.stdout.write(f"A worker was asked to send what is due at {moment:%Y-%m-%d %H:%M} UTC.")


def _parse(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CommandError(
            f"{text!r} is not a moment. Write it like 2026-03-04T13:00:00Z or 2026-03-04."
        ) from error
