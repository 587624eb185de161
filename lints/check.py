"""`./bin/careerhub check`: every check runs, and the end says which ones found something."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

# What a college's own server sets (docs/running.md), so that its checks are run and not the demo's.
# No server is asked.
AS_ON_A_SERVER = {
    "DATABASE_URL": "postgres://careerhub@database.example.edu/careerhub",
    "REDIS_URL": "redis://valkey.example.edu/0",
    "EMAIL_URL": "smtp://mail.example.edu:25",
    "SECRET_KEY": "Neither-secret-nor-short-this-is-only-here-to-please-the-checks-0123456789",
    "SITE_URL": "https://careers.example.edu",
    "ALLOWED_HOSTS": "careers.example.edu",
}
YAML_RULES = "{extends: default, rules: {line-length: {max: 110}}}"
COMPOSE = {"SECRET_KEY": "any", "POSTGRES_PASSWORD": "any"}


class Check(NamedTuple):
    name: str
    command: Sequence[str | Path]
    environment: dict[str, str] = {}


def checks() -> list[Check]:
    python, manage = sys.executable, "manage.py"
    embedded_manage = [python, "-m", "careerhub.embedded.manage"]
    code = [".", "bin/careerhub"]
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("format of the code", ["ruff", "format", "--quiet", "--check", *code]),
        Check("lint of the code", ["ruff", "check", "--quiet", *code]),
        Check(
            "newest Django idioms", ["django-upgrade", "--target-version=5.2", "--check", *_py()]
        ),
        Check("types", ["mypy", "--no-error-summary"]),
        Check("floors and layers", ["lint-imports", "--no-cache"]),
        Check("views go through visible_to()", [python, "-m", "lints.views_door"]),
        Check("migrations are complete", [*embedded_manage, "makemigrations", "--check"]),
        Check("settings of a server", [python, manage, *deploy], AS_ON_A_SERVER),
        Check(
            "format of the templates", ["djade", "--target-version=5.2", "--check", *_templates()]
        ),
        Check("lint of the templates", ["djlint", "--quiet", "--lint", *_templates("html")]),
        Check("YAML", ["yamllint", "--strict", "-d", YAML_RULES, "docker-compose.yml"]),
        Check("Dockerfile", ["hadolint", "Dockerfile"]),
        Check("shell", ["shellcheck", ".ci/run"]),
        Check("compose file", ["docker-compose", "config", "-q"], COMPOSE),
    ]


def _py() -> list[Path]:
    return sorted(
        path for path in REPOSITORY.glob("[!.]*/**/*.py") if "migrations" not in path.parts
    )


def _templates(*endings: str) -> list[Path]:
    wanted = {f".{ending}" for ending in endings or ("html", "txt")}
    folders = [REPOSITORY / "templates", *REPOSITORY.glob("*/templates")]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.suffix in wanted)


def main() -> int:
    outcomes = {check.name: run(check) for check in checks()}
    print()
    for outcome in ("failed", "not run"):
        names = [name for name, what in outcomes.items() if what == outcome]
        if names:
            print(f"{outcome}: {', '.join(names)}")
    print(f"{list(outcomes.values()).count('passed')} of {len(outcomes)} checks passed.")
    return 1 if "failed" in outcomes.values() else 0


def run(check: Check) -> str:
    """Say "passed", "failed" or "not run"; only what failed is quoted."""
    program = _find(str(check.command[0]))
    if program is None:
        print(f"{check.name}: not run, {check.command[0]} is not on PATH", flush=True)
        return "not run"
    print(f"{check.name} … ", end="", flush=True)
    began = time.monotonic()
    answer = subprocess.run(
        [program, *check.command[1:]],
        cwd=REPOSITORY,
        env=os.environ | check.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = "failed" if answer.returncode else "passed"
    print(f"{outcome} ({time.monotonic() - began:.1f} s)", flush=True)
    if answer.returncode:
        print(answer.stdout, flush=True)
    return outcome


def _find(program: str) -> str | None:
    """A program of the environment, or else of the machine."""
    return shutil.which(PROGRAMS / program) or shutil.which(program)


if __name__ == "__main__":
    sys.exit(main())
