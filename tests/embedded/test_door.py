"""./bin/careerhub, with the Python of this environment."""

import subprocess
import sys
from pathlib import Path

import pytest

DOOR = Path(__file__).resolve().parents[2] / "bin" / "careerhub"


def knock(*arguments, cwd):
    command = [sys.executable, str(DOOR), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_names_every_command(tmp_path, arguments):
    answer = knock(*arguments, cwd=tmp_path)

    assert answer.returncode == 0
    for command in ("up", "test", "check", "manage", "help"):
        assert f"./bin/careerhub {command}" in answer.stdout


def test_unknown_command_gets_a_sentence(tmp_path):
    answer = knock("upp", cwd=tmp_path)

    assert answer.returncode == 1
    assert answer.stderr == (
        "careerhub: there is no command 'upp'. ./bin/careerhub help lists them.\n"
    )


def test_up_is_found_from_any_folder(tmp_path):
    answer = knock("up", "--help", cwd=tmp_path)

    assert answer.returncode == 0
    assert "--no-demo" in answer.stdout
