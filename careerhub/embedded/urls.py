"""Where the embedded servers listen: on sockets, in a folder that follows from `var` alone.

Whoever starts a server and whoever connects to it ask here, so the answer must be the same in
each process. Knows neither Django nor the servers.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

SUPERUSER = "careerhub"
DATABASE = "careerhub"
POSTGRES_PORT = 5432

# macOS takes 103 bytes, Linux 107.
LONGEST_SOCKET_PATH = 103
# As root, the data of a folder that the servers' own user cannot enter.
HOMES_OF_ROOT = Path("/var/lib/careerhub")
# Not $TMPDIR: two terminals may have two of them, and on macOS it is long itself.
SHORT_FOLDERS = Path("/tmp")  # noqa: S108


def database_url(var: Path) -> str:
    folder = quote(str(socket_folder(var)), safe="")
    return f"postgres://{SUPERUSER}@{folder}:{POSTGRES_PORT}/{DATABASE}"


def broker_url(var: Path) -> str:
    return f"redis+socket://{quote(str(valkey_socket(var)))}?virtual_host=0"


def cache_url(var: Path) -> str:
    return f"unix://{quote(str(valkey_socket(var)))}?db=1"


def home(var: Path) -> Path:
    """The folder of the servers' data: `var`, unless root has to give its servers away.

    PostgreSQL refuses to run as root and gets a user of its own, who cannot enter /root.
    """
    if os.geteuid() == 0 and not is_open_to_others(var):
        return HOMES_OF_ROOT / _short_name(var)
    return var


def socket_folder(var: Path) -> Path:
    folder = home(var) / "run"
    longest = os.fsencode(folder / f".s.PGSQL.{POSTGRES_PORT}")
    if len(longest) <= LONGEST_SOCKET_PATH:
        return folder
    return SHORT_FOLDERS / f"careerhub-{os.geteuid()}-{_short_name(var)}"


def postgres_socket(var: Path) -> Path:
    return socket_folder(var) / f".s.PGSQL.{POSTGRES_PORT}"


def valkey_socket(var: Path) -> Path:
    return socket_folder(var) / "valkey.sock"


def is_open_to_others(path: Path) -> bool:
    """Whether any user may walk down to `path`; folders that are still to be made do not count."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.is_dir())


def _short_name(var: Path) -> str:
    return hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
