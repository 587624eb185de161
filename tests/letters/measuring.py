"""How right the checks are: precision and recall over letters whose findings are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from letters.checks import Finding
from letters.checks.reading import plain
from tests.letters.corpus_reading import Sample


@dataclass
class Score:
    """Of one check: alarms that were right and wrong, and what was overlooked."""

    right: int = 0
    false: list[str] = field(default_factory=list)
    overlooked: list[str] = field(default_factory=list)
    letters: int = 0
    near: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false)) if self.right or self.false else 1.0

    @property
    def recall(self) -> float:
        wanted = self.right + len(self.overlooked)
        return self.right / wanted if wanted else 1.0


def measured(samples: list[Sample], checks: list[str]) -> dict[str, Score]:
    scores = {check: Score() for check in checks}
    for sample in samples:
        _add(sample, scores)
    return scores


def _add(sample: Sample, scores: dict[str, Score]) -> None:
    open_ = list(sample.expected)
    for check in {check for check, _ in open_}:
        scores[check].letters += 1
    for check in sample.near:
        scores[check].near += 1
    for finding in sample.findings():
        score = scores[finding.check]
        match = next((one for one in open_ if _is(finding, *one)), None)
        if match:
            open_.remove(match)
            score.right += 1
        else:
            score.false.append(f"{sample.name}: {finding.found!r}")
    for check, words in open_:
        scores[check].overlooked.append(f"{sample.name}: {words!r}")


def _is(finding: Finding, check: str, words: str) -> bool:
    """The same check at the same words, of which one may name more than the other."""
    if finding.check != check or (finding.start is None) is not (not words):
        return False
    found, wanted = plain(finding.found), plain(words)
    return found in wanted or wanted in found
