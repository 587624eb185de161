"""`./bin/careerhub up` from outside: the slow tests, each with the real programs.

They share one folder, so that only the first start is a first one.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.conf import settings

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment(var):
    """As a terminal has it, with the static files that this test run has collected already."""
    shutil.copytree(settings.STATIC_ROOT, var / "static")
    shutil.copy(settings.VAR / "static.fingerprint", var)
    unwanted = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "PORT")
    ours = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**ours, "CAREERHUB_VAR": str(var)}


@pytest.fixture(scope="module")
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def start(environment, port):
    """Start `up` and return it when it says that it is ready."""
    started = []

    def start():
        command = [sys.executable, "-m", "careerhub.embedded.up", "--no-demo", "--port", str(port)]
        up = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(up)
        said = []
        for line in up.stdout:
            said.append(line)
            if "Ctrl-C stops everything." in line:
                return up
        pytest.fail("up ended early:\n" + "".join(said))

    yield start
    for up in started:
        up.kill()
        up.wait()
        up.stdout.close()


def run(environment, module, *arguments):
    command = [sys.executable, "-m", f"careerhub.embedded.{module}", *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60
    )


def read_until(up, words):
    said = []
    for line in up.stdout:
        said.append(line)
        if words in line:
            return
    pytest.fail(f"up ended without “{words}”:\n" + "".join(said))


def tree(up):
    """All processes under `up`: web, worker and beat, both servers, and their children."""
    return psutil.Process(up.pid).children(recursive=True)


def test_up_answers_and_ctrl_c_leaves_nothing(start, port):
    up = start()
    parts = tree(up)
    with urlopen(f"http://127.0.0.1:{port}/readyz/") as answer:
        assert answer.status == 200

    up.send_signal(signal.SIGINT)
    said, _ = up.communicate(timeout=30)

    assert up.returncode == 0
    assert said.rstrip().endswith("Everything has stopped.")
    assert len(parts) > 8
    assert [part for part in parts if part.is_running()] == []


def test_up_recovers_when_it_alone_was_killed(start):
    up = start()
    parts = tree(up)

    up.kill()
    up.communicate()
    again = start()

    # Those it told to end may still be on their way out.
    assert psutil.wait_procs(parts, timeout=20)[1] == []
    again.terminate()
    assert again.wait(30) == 0


def test_up_recovers_when_everything_was_killed_at_once(start):
    up = start()

    for process in [psutil.Process(up.pid), *tree(up)]:
        with suppress(psutil.NoSuchProcess):  # Some go by themselves when their parent does.
            process.kill()
    up.communicate()
    again = start()

    again.send_signal(signal.SIGHUP)
    assert again.wait(30) == 0


def test_up_is_refused_beside_another_and_manage_is_its_guest(start, environment):
    up = start()

    second = run(environment, "up", "--no-demo", "--port", "8999")
    count = "from accounts.models import User; print('users', User.objects.count())"
    guest = run(environment, "manage", "shell", "--no-imports", "--command", count)

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith("careerhub: CareerHub is running already")
    assert (guest.returncode, guest.stdout) == (0, "users 0\n")
    assert up.poll() is None

    worker = next(p for p in tree(up) if "worker" in p.cmdline())
    worker.kill()
    read_until(up, "worker ended with code -9 and is started again.")
    read_until(up, "ready.")

    assert any("worker" in p.cmdline() for p in tree(up))
    up.terminate()
    assert up.wait(30) == 0


def test_up_names_a_port_in_use(environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run(environment, "up", "--no-demo", "--port", port)

    assert refused.returncode == 1
    assert f"careerhub: port {port} is in use by another program" in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_up_refuses_what_is_no_port(environment, port):
    refused = run(environment, "up", f"--port={port}")

    assert refused.returncode == 2
    assert f"'{port}' is not a port: give a number from 1 to 65535" in refused.stderr


def test_manage_starts_servers_and_stops_them(environment, var):
    answer = run(environment, "manage", "migrate", "--check")

    assert answer.returncode == 0, answer.stderr
    assert not (var / "postgres" / "postmaster.pid").exists()


def test_manage_hands_on_the_answer_of_the_command(environment):
    assert run(environment, "manage", "no_such_command").returncode == 1
