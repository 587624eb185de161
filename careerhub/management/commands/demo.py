from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from careerhub.demo import college
from careerhub.demo.people import PASSWORD

LOG_INS = "student@demo.example, advisor@demo.example, staff@demo.example, admin@demo.example"


class Command(BaseCommand):
    help = "Fill an empty embedded database with a demo college; the same one for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alumni", type=_at_least(0), default=300, metavar="N")
        parser.add_argument("--students", type=_at_least(1), default=24, metavar="N")
        parser.add_argument("--history", type=_at_least(0), default=600, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(
        self, *, alumni: int, students: int, history: int, seed: int, **options: Any
    ) -> None:
        try:
            college.build(
                alumni=alumni, students=students, history=history, seed=seed, at=timezone.now()
            )
        except college.NotADemoServer:
            raise CommandError(
                "The demo has log-ins with a public password, so it is made on the embedded "
                "servers only. Leave DATABASE_URL unset to use those."
            ) from None
        except college.PeopleAreHere:
            raise CommandError(
                "There are accounts here already, and the demo would mix with them. "
                "Set CAREERHUB_VAR to an empty folder to make it elsewhere."
            ) from None
        self.stdout.write(f"A demo college: {alumni} alumni, {students} students.")
        self.stdout.write(f"Log in as {LOG_INS}; the password is {PASSWORD}.")


def _at_least(least: int):
    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise ValueError
        return value

    number.__name__ = f"number of {least} or more"
    return number
