"""How right the checks are: precision and recall over letters whose findings are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from letters.checks import CHECKS, Finding
from letters.checks.reading import plain
from tests.letters.corpus_reading import Sample

# Printed by the hook in conftest.py: a title, and its lines.
TABLES: dict[str, list[str]] = {}


@dataclass
class Score:
    """Of one check: alarms that were right and wrong, and what was overlooked."""

    right: int = 0
    false: list[str] = field(default_factory=list)
    overlooked: list[str] = field(default_factory=list)
    # Letters in which it should find something, and letters written to tempt it.
    letters: int = 0
    near: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false)) if self.right or self.false else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + len(self.overlooked)
        return self.right / wanted if wanted else 1.0


def measured(samples: Iterable[Sample]) -> dict[str, Score]:
    scores = {check.id: Score() for check in CHECKS}
    for sample in samples:
        _add(sample, scores)
    return scores


def _add(sample: Sample, scores: dict[str, Score]) -> None:
    still_open = list(sample.expected)
    for check in {check for check, _ in still_open}:
        scores[check].letters += 1
    for check in sample.near:
        scores[check].near += 1
    for finding in sample.findings():
        match = next((one for one in still_open if _is(finding, *one)), None)
        if match:
            still_open.remove(match)
            scores[finding.check].right += 1
        else:
            scores[finding.check].false.append(f"{sample.name}: {finding.found!r}")
    for check, words in still_open:
        scores[check].overlooked.append(f"{sample.name}: {words!r}")


def _is(finding: Finding, check: str, words: str) -> bool:
    """The same check at the same words, of which one may name more than the other."""
    if finding.check != check or (finding.start is None) is not (not words):
        return False
    found, wanted = plain(finding.found), plain(words)
    return found in wanted or wanted in found


def table(scores: dict[str, Score]) -> Iterator[str]:
    heads = (("precision", 10), ("recall", 8), ("right", 7), ("false", 7), ("missed", 8),
             ("letters", 9), ("near", 6))  # fmt: skip
    yield f"{'check':<20}" + "".join(f"{head:>{wide}}" for head, wide in heads)
    for check, score in scores.items():
        yield (
            f"{check:<20}{score.precision:>10.3f}{score.recall:>8.3f}{score.right:>7}"
            f"{len(score.false):>7}{len(score.overlooked):>8}{score.letters:>9}{score.near:>6}"
        )
