"""`./bin/careerhub manage …`: manage.py with the servers it needs, started if none are up."""

import signal
import subprocess
import sys
from collections.abc import Sequence

from careerhub.embedded import lock
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import REPOSITORY, servers, var_folder, wait_for_the_owners


def main(arguments: Sequence[str]) -> int:
    # Ctrl-C reaches manage.py as well, and ends it; we stay to stop the servers.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return manage(arguments)
    except ServerFailed as failure:
        print(f"careerhub: {failure}", file=sys.stderr)
        return 1


def manage(arguments: Sequence[str]) -> int:
    """Run one command as the guest of whoever owns the servers, or as their owner."""
    var = var_folder()
    with lock.visiting(var) as visit:
        try:
            with lock.owning(var), servers(var):
                code = _run(arguments)
                visit.be_the_last()
                return code
        except lock.InUse:
            wait_for_the_owners(var)
            return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
