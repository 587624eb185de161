"""`./bin/careerhub bench`: ours and a yardstick in turn, on servers of its own.

They stand in a folder of their own, beside those of a running `up`, and their data is gone
afterwards. The command fails when a figure is below its floor, or when the sides differ.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from careerhub.embedded import lock
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import servers, var_folder

# The name of each benchmark, its module, and what it does where nothing else is asked.
BENCHMARKS = {
    "import": ("benchmarks.importing", {"rows": 100_000, "runs": 3}),
    "peers": ("benchmarks.peers", {"rows": 100_000, "runs": 1}),
    "search": ("benchmarks.searching", {"rows": 100_000, "runs": 3}),
    "reminders": ("benchmarks.reminders", {"rows": 100_000, "runs": 3}),
    "web": ("benchmarks.web.lists", {"rows": 100_000, "runs": 3}),
    "dashboard": ("benchmarks.dashboard", {"rows": 100_000, "runs": 3}),
}
SCRATCH = "careerhub_bench"


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    var = var_folder() / "bench"
    os.environ["CAREERHUB_VAR"] = str(var)
    try:
        # A second run in the same folder waits for the first to end.
        with lock.owning(var, wait=True), servers(var):
            return _measure_all(options)
    except ServerFailed as failure:
        print(f"careerhub: {failure}", file=sys.stderr)
        return 1


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="careerhub bench", description=(__doc__ or "").strip())
    parser.add_argument("name", nargs="?", choices=BENCHMARKS, help="one of them; all without")
    parser.add_argument("--rows", type=int, help="how many people, reminders or lines of log")
    parser.add_argument("--runs", type=int, help="how many pairs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args(arguments)


def _measure_all(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")
    import django

    django.setup()
    outcomes = [
        _measure(name, options) for name in ([options.name] if options.name else list(BENCHMARKS))
    ]
    if options.json:
        print(json.dumps(outcomes, indent=2, ensure_ascii=False))
    return 0 if all(outcome["holds"] for outcome in outcomes) else 1


def _measure(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """One benchmark in a new database."""
    from django.db import connection

    from benchmarks import machine, printing
    from benchmarks.database import are_pages_huge
    from benchmarks.measuring import Scale, Wrong

    module, usual = BENCHMARKS[name]
    scale = Scale(options.rows or usual["rows"], options.runs or usual["runs"])
    outcome = {"benchmark": name, "rows": scale.rows, "runs": scale.runs, "before": machine.load()}
    connection.settings_dict["TEST"]["NAME"] = SCRATCH
    was = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        figures = import_module(module).run(scale)
    except Wrong as difference:
        print(f"{name}: the sides differ. {difference}", file=sys.stderr)
        return outcome | {"figures": [], "holds": False}
    finally:
        connection.creation.destroy_test_db(was, verbosity=0)
    outcome |= {"after": machine.load(), "huge_pages": are_pages_huge()}
    if not options.json:
        printing.say(outcome, figures)
    bounds = [figure.reaches(figure.floor, rows=scale.rows) for figure in figures]
    return outcome | {
        "figures": [figure.to_json(rows=scale.rows) for figure in figures],
        "holds": False not in bounds,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
