"""The registrar's list from a shell: the same steps as on the page, without the pause."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from alumni.importing.table import UnreadableFile
from roster import actions
from roster.models import StudentList

NO_ROWS: dict[str, Any] = {
    "rows": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "leaving": 0
}  # fmt: skip
SHOWN_PROBLEMS = 20
# 2 is what a wrong command line ends with.
ROWS_LEFT_OUT = 3
REFUSED = (OSError, UnreadableFile, actions.ColumnsMissing, actions.TooManyLeave)


class Command(BaseCommand):
    help = (
        "Bring the registrar's list of students (CSV, TSV, XLSX, XLS or ODS). Ends with 0, or with "
        "1 when nothing was changed; with --strict, with 3 when some rows were left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="look, and write nothing")
        parser.add_argument(
            "--leave", action="store_true",
            help="students in no row have left: their accounts close, their caseloads end",
        )  # fmt: skip
        parser.add_argument(
            "--strict", action="store_true", help="end with 3 when rows were left out"
        )
        parser.add_argument("--json", action="store_true", help="say what happened as JSON")

    def handle(self, *, file: Path, **options: Any) -> None:
        begun = monotonic()
        try:
            result = self._import(file, leave=options["leave"], is_rehearsal=options["dry_run"])
        except REFUSED as reason:
            if options["json"]:
                self._say_json(NO_ROWS | {"errors": [], "problem": str(reason)}, begun)
            raise CommandError(str(reason)) from reason
        if options["json"]:
            self._say_json(result, begun)
        else:
            self._say(result, leave=options["leave"], is_rehearsal=options["dry_run"])
        if options["strict"] and result["rejected"]:
            raise SystemExit(ROWS_LEFT_OUT)

    @transaction.atomic
    def _import(self, file: Path, *, leave: bool, is_rehearsal: bool) -> dict[str, Any]:
        """A list that is refused, or only looked at, leaves no trace."""
        at = timezone.now()
        of_list = actions.upload_students(
            by=None, file_name=file.name, content=file.read_bytes(), at=at
        )
        actions.check_students(of_list, columns=of_list.columns, at=at)
        if not is_rehearsal:
            actions.apply_students(of_list, leave=leave, at=at)
        result = _result(of_list)
        if is_rehearsal:
            transaction.set_rollback(True)
            return result
        return result | {"list": of_list.pk}

    def _say_json(self, result: dict[str, Any], begun: float) -> None:
        result |= {"seconds": round(monotonic() - begun, 3)}
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _say(self, result: dict[str, Any], *, leave: bool, is_rehearsal: bool) -> None:
        verb = "would be" if is_rehearsal else "were"
        left = "have left" if leave else "stand in no row and were left as they are"
        self.stdout.write(
            f"{result['rows']} rows: {result['created']} {verb} new, {result['updated']} {verb} "
            f"changed, {result['unchanged']} {verb} the same, {result['rejected']} {verb} left "
            f"out. {result['leaving']} students {left}."
        )
        for error in result["errors"][:SHOWN_PROBLEMS]:
            self.stdout.write(f"Row {error['row']}: {error['problem']}")
        if (more := len(result["errors"]) - SHOWN_PROBLEMS) > 0:
            self.stdout.write(f"… and {more} more.")


def _result(of_list: StudentList) -> dict[str, Any]:
    troubled = of_list.rows.exclude(problems=[]).order_by("number")
    return {
        **of_list.rows.tallies(),
        "errors": [
            {"row": number, "problem": problem}
            for number, problems in troubled.values_list("number", "problems")
            for problem in problems
        ],
    }
