"""The importing pipeline from a shell: the same steps as on the page, without the pause."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alumni import actions
from alumni.importing.mapping import BadMapping, Mapping
from alumni.importing.reader import UnreadableFile
from alumni.models import Import

NO_ROWS: dict[str, Any] = {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
SHOWN_PROBLEMS = 20
# 2 is what a wrong command line ends with.
ROWS_LEFT_OUT = 3
PIECE_BYTES = 1 << 20


class Command(BaseCommand):
    help = (
        "Import a list of alumni (CSV, TSV, XLSX, XLS or ODS) into the directory. Ends with 0, or "
        "with 1 when nothing was imported; with --strict, with 3 when some rows were left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", type=Path, help="JSON: sheet, header_row, columns, consent"
        )
        parser.add_argument("--dry-run", action="store_true", help="look, and write nothing")
        parser.add_argument(
            "--strict", action="store_true", help="end with 3 when rows were left out"
        )
        parser.add_argument("--json", action="store_true", help="say what happened as JSON")

    def handle(self, *, file: Path, mapping: Path | None, **options: Any) -> None:
        begun = monotonic()
        try:
            result = self._import(file, mapping, is_rehearsal=options["dry_run"])
        except (OSError, UnreadableFile, BadMapping) as reason:
            problem = _in_words(reason)
            if options["json"]:
                self._say_json(NO_ROWS | {"remarks": [], "errors": [], "problem": problem}, begun)
            raise CommandError(problem) from reason
        if options["json"]:
            self._say_json(result, begun)
        else:
            self._say(result, is_rehearsal=options["dry_run"])
        if options["strict"] and result["rejected"]:
            raise SystemExit(ROWS_LEFT_OUT)

    def _import(self, file: Path, mapping: Path | None, *, is_rehearsal: bool) -> dict[str, Any]:
        chosen = _read_mapping(mapping) if mapping else None
        at = timezone.now()
        with file.open("rb") as list_file:
            pieces = iter(lambda: list_file.read(PIECE_BYTES), b"")
            uploaded = actions.upload_list(by=None, file_name=file.name, content=pieces, at=at)
        actions.set_mapping(uploaded, mapping=chosen or Mapping.from_json(uploaded.mapping))
        actions.check_import(uploaded.pk, at=at)
        if not is_rehearsal:
            actions.run_import(uploaded.pk, at=at)
        done = Import.objects.get(pk=uploaded.pk)
        if done.state == Import.State.FAILED:
            raise UnreadableFile(done.problem)
        result = _result(done)
        if is_rehearsal:
            done.delete()
            return result
        return result | {"import": str(done.pk)}

    def _say_json(self, result: dict[str, Any], begun: float) -> None:
        result |= {"seconds": round(monotonic() - begun, 3)}
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _say(self, result: dict[str, Any], *, is_rehearsal: bool) -> None:
        verb = "would be" if is_rehearsal else "were"
        self.stdout.write(
            f"{result['rows']} rows: {result['created']} {verb} new, {result['updated']} {verb} "
            f"changed, {result['unchanged']} {verb} the same, {result['rejected']} {verb} left out."
        )
        for remark in result["remarks"]:
            self.stdout.write(remark)
        for error in result["errors"][:SHOWN_PROBLEMS]:
            self.stdout.write(f"Row {error['row']}: {error['problem']}")
        if (more := len(result["errors"]) - SHOWN_PROBLEMS) > 0:
            self.stdout.write(f"… and {more} more.")
        if "import" in result:
            self.stdout.write(f"To take it back: undo_import {result['import']}")


def _in_words(reason: Exception) -> str:
    """“alumni.csv cannot be read: no such file or directory.”"""
    if isinstance(reason, OSError) and reason.filename:
        why = (reason.strerror or str(reason)).lower()
        return f"{Path(reason.filename).name} cannot be read: {why}."
    return str(reason)


def _read_mapping(path: Path) -> Mapping:
    try:
        return Mapping.from_json(json.loads(path.read_text()))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadMapping(f"{path.name} is not JSON: {error}.") from error


def _result(done: Import) -> dict[str, Any]:
    troubled = done.rows.exclude(problems=[]).order_by("number").values_list("number", "problems")
    return {
        "rows": done.row_count,
        "created": done.created_count,
        "updated": done.updated_count,
        "unchanged": done.unchanged_count,
        "rejected": done.rejected_count,
        "remarks": done.remarks,
        "errors": [
            {"row": number, "problem": problem}
            for number, problems in troubled
            for problem in problems
        ],
    }
