"""Both servers, as the environment asks for them."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from careerhub.embedded import urls
from careerhub.embedded.postgres import Postgres
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.valkey import Valkey

REPOSITORY = Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    """As careerhub/settings.py has it."""
    return Path(os.environ.get("CAREERHUB_VAR") or REPOSITORY / "var").absolute()


def is_postgres_ours() -> bool:
    return not os.environ.get("DATABASE_URL")


def is_valkey_ours() -> bool:
    return not os.environ.get("REDIS_URL")


@contextmanager
def servers(var: Path, *, volatile: bool = False) -> Iterator[list[Postgres | Valkey]]:
    """Start what DATABASE_URL and REDIS_URL do not name; stop Valkey first, then PostgreSQL.

    The caller owns `var` (lock.py). Raises ServerFailed.
    """
    running: list[Postgres | Valkey] = []
    if is_postgres_ours():
        running.append(Postgres(var, volatile=volatile))
    if is_valkey_ours():
        running.append(Valkey(var))
    _follow_var(var)
    with ExitStack() as stack:
        for server in running:
            stack.callback(server.stop)
            server.start()
        yield running


def _follow_var(var: Path) -> None:
    """Deleting var/ begins anew, also for root, whose servers may keep their data elsewhere."""
    home, note = urls.home(var), var / "servers-are-in"
    if home != var and not note.exists():
        shutil.rmtree(home, ignore_errors=True)
        note.write_text(f"{home}\n")


def wait_for_the_owners(var: Path, *, seconds: float = 60) -> None:
    """A guest may come while the owner still starts them."""
    wanted = [urls.postgres_socket(var)] if is_postgres_ours() else []
    wanted += [urls.valkey_socket(var)] if is_valkey_ours() else []
    give_up_at = time.monotonic() + seconds
    while missing := [path for path in wanted if not path.exists()]:
        if time.monotonic() > give_up_at:
            raise ServerFailed(f"Waited {seconds:.0f} seconds for a server at {missing[0]}.")
        time.sleep(0.1)
