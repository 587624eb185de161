"""The benchmarks end, and the sides do the same. How long they take is not for a test to say."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.measuring import Figure, Spent, speed
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All of them, small, through the module that the one door runs."""
    var = tmp_path_factory.mktemp("bench")
    var.chmod(0o711)
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--rows", "2000", "--runs", "1", "--json"],
        cwd=REPOSITORY,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
        | {"CAREERHUB_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return {outcome["benchmark"]: outcome for outcome in json.loads(answer.stdout)}


@pytest.mark.parametrize("name", ["import", "peers", "search", "reminders", "web", "dashboard"])
def test_benchmark_tells_its_figures(outcomes, name):
    outcome = outcomes[name]

    assert (outcome["rows"], outcome["runs"], outcome["holds"]) == (2000, 1, True)
    assert outcome["figures"]
    for figure in outcome["figures"]:
        assert figure["wall"]["min"] <= figure["wall"]["median"] <= figure["wall"]["max"]
        assert figure["wall"]["max"] > 0


def test_goals_for_large_runs_are_not_claimed_by_small_ones(outcomes):
    by_name = {figure["name"]: figure for figure in outcomes["import"]["figures"]}

    assert by_name["into an empty directory"]["meets_goal"] is None
    assert by_name["memory of the importer and its readers"]["meets_goal"] is True


def test_speed_is_a_ratio_of_pairs():
    ours = [Spent(1, 1), Spent(4, 2), Spent(2, 0.01)]
    yardstick = [Spent(2, 1), Spent(4, 3), Spent(8, 1)]

    figure = speed("any", ours, yardstick)

    assert list(figure.wall) == [2, 1, 4]
    assert list(figure.processor) == [1, 1.5, 100]
    assert figure.value == 2


@pytest.mark.parametrize(
    ("value", "less_is_better", "rows", "holds"),
    [(2, False, 10, True), (1, False, 10, False), (2, True, 10, False), (1, False, 9, None)],
    ids=["above", "below", "more than allowed", "too few rows"],
)
def test_floor_holds_from_so_many_rows(value, less_is_better, rows, holds):
    figure = Figure("any", [value], floor=1.5, less_is_better=less_is_better, from_rows=10)

    assert figure.reaches(figure.floor, rows=rows) is holds
