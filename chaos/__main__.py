"""`./bin/careerhub chaos`: workers, Redis and PostgreSQL are killed while reminders go out.

Every server and every file is this command's own, in a folder beside those of a running `up`. It
fails unless nothing was lost, nothing falsely sent, and each second copy has its excuse.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict

from careerhub.embedded import lock
from careerhub.embedded.postgres import Postgres
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import servers, var_folder
from careerhub.embedded.valkey import Valkey

TEMPLATE = "chaos_template"
SECONDS_TO_SETTLE = 300


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    var = var_folder() / "chaos"
    os.environ["CAREERHUB_VAR"] = str(var)
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # Nobody's real servers are killed here.
    try:
        with lock.owning(var, wait=True), servers(var) as (postgres, valkey):
            assert isinstance(postgres, Postgres), "ours"  # noqa: S101 - for the type checker
            assert isinstance(valkey, Valkey), "ours"  # noqa: S101 - likewise
            return 0 if _run_all(options, postgres, valkey) else 1
    except ServerFailed as failure:
        print(f"careerhub: {failure}", file=sys.stderr)
        return 1


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="careerhub chaos", description=(__doc__ or "").strip())
    parser.add_argument("--seeds", type=int, default=5, help="how many runs, each by its own seed")
    parser.add_argument("--first-seed", type=int, default=1, help="the seed of the first run")
    parser.add_argument("--reminders", type=int, default=5000, help="how many are due")
    parser.add_argument("--seconds", type=float, default=120, help="how long things break")
    parser.add_argument("--no-idle", action="store_true", help="leave out the two idle promises")
    return parser.parse_args(arguments)


def _run_all(options: argparse.Namespace, postgres: Postgres, valkey: Valkey) -> bool:
    _make_template(options.reminders)
    held = True
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        held &= _run(seed, options, postgres, valkey)
    if not options.no_idle:
        held &= _run_idle(valkey)
    print("Everything held." if held else "Something did not hold: see above.")
    return held


def _make_template(reminders: int) -> None:
    """A college whose morning begins, to be copied for each run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from chaos import college

    _new_database()
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    college.fill(reminders)
    print(f"{reminders:,} thank-yous are owed ({time.monotonic() - began:.0f} s).")
    _execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
    _execute(f"ALTER DATABASE {_name()} RENAME TO {TEMPLATE}")


def _run(seed: int, options: argparse.Namespace, postgres: Postgres, valkey: Valkey) -> bool:
    from chaos import college, verdict
    from chaos.programs import Programs
    from chaos.trouble import Trouble
    from reminders.models import Reminder

    _new_database(template=TEMPLATE)
    programs = Programs(var_folder())
    programs.start_post_office(seed)
    college.spread(seconds=options.seconds * 0.8, seed=seed)
    due = list(Reminder.objects.due(at=_end_of(options.seconds)).values_list("pk", flat=True))
    trouble = Trouble(seed, programs, postgres, valkey)
    began = time.monotonic()
    try:
        programs.start_all()
        trouble.go_on_for(options.seconds)
        settled = _settle(due, programs)
    finally:
        by_themselves = programs.ended_by_themselves
        programs.stop()
    killed = trouble.done["processes killed"]
    trouble.done["programs ended by themselves"] = by_themselves
    broken = programs.broken_rounds
    found = verdict.judge(due, programs.book, processes_killed=killed, broken_rounds=broken)
    _say(seed, time.monotonic() - began, trouble.done, found, is_settled=settled)
    return found.holds


def _run_idle(valkey: Valkey) -> bool:
    from chaos import idle
    from chaos.programs import Programs
    from reminders import claims
    from reminders.models import Reminder

    _new_database(template=TEMPLATE)
    programs = Programs(var_folder(), app="careerhub")
    programs.start_post_office(0, only="takes it")
    rows = Reminder.objects.due(at=_end_of(0)).filter(recipient__email__startswith="good.")
    first, second = rows.order_by("pk").values_list("pk", flat=True)[:2]
    Reminder.objects.due(at=_end_of(0)).update(due_at=_end_of(86_400))
    try:
        programs.start_all(workers=1, beats=1)
        time.sleep(15)  # The worker and its beat stand, with nothing to do.
        resumed = idle.seconds_to_resume(programs, valkey, [first])
        programs.let_the_post_office("hangs")
        again = idle.seconds_to_take_again(programs, second)
    except idle.Late as late:
        print(f"idle: {late}")
        return False
    finally:
        programs.stop()
    allowed = claims.LEASE.total_seconds() + idle.SECONDS_MORE_THAN_LEASE
    print(
        f"idle: Redis wiped, sent again after {resumed:.1f} s (at most {idle.SECONDS_TO_RESUME}); "
        f"sender killed, row taken again after {again:.1f} s (at most {allowed:.0f})"
    )
    return resumed <= idle.SECONDS_TO_RESUME and again <= allowed


def _settle(due: list[int], programs) -> bool:
    """Wait until each row has come to its end; False when some never do."""
    from django.db import connection

    from reminders.models import Reminder

    connection.close()  # PostgreSQL crashed under it.
    give_up_at = time.monotonic() + SECONDS_TO_SETTLE
    while Reminder.objects.pending().filter(pk__in=due).exists():
        if time.monotonic() > give_up_at:
            return False
        programs.keep_for(1)
    return True


def _say(seed: int, seconds: float, done: dict, found, *, is_settled: bool) -> None:
    what = ", ".join(f"{number} {name}" for name, number in sorted(done.items()))
    print(f"seed {seed}: {what}; all was settled after {seconds:.0f} s" if is_settled
          else f"seed {seed}: {what}; NOT settled after {seconds:.0f} s")  # fmt: skip
    for name, number in asdict(found).items():
        print(f"    {name.replace('_', ' '):18} {number:>6,}")
    excuse = "" if found.holds else "   DOES NOT HOLD"
    print(
        f"    {found.duplicates} duplicates, with {found.processes_killed} processes killed and "
        f"{found.unsaid} answers that never came{excuse}",
        flush=True,
    )


def _end_of(seconds: float):
    from datetime import timedelta

    from django.utils import timezone

    return timezone.now() + timedelta(seconds=seconds)


def _new_database(*, template: str = "template1") -> None:
    _execute(f"DROP DATABASE IF EXISTS {_name()} WITH (FORCE)")
    _execute(f"CREATE DATABASE {_name()} TEMPLATE {template}")


def _name() -> str:
    from django.db import connection

    return connection.settings_dict["NAME"]


def _execute(statement: str) -> None:
    """From beside the database: one cannot drop the one that one stands in."""
    from django.db import connection

    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
