"""The checks against letters that were written first, with what should be found in each.

`held_out` was not looked at while the checks were written; its first results, before anything was
learned from it, stand in docs/checks.md.
"""

from __future__ import annotations

import pytest

from letters.checks import CHECKS, Piece
from letters.checks.language import grammar, spelling
from tests.letters.corpus_reading import CORPUS, samples
from tests.letters.measuring import TABLES, measured, table

PRECISION, RECALL = 0.95, 0.85
IDS = [check.id for check in CHECKS]


@pytest.fixture(scope="module")
def scores():
    tuned, held_out = samples("tuned"), samples("held_out")
    TABLES[f"checks on {len(tuned)} letters that they were tuned on"] = list(table(measured(tuned)))
    TABLES[f"checks on {len(held_out)} letters that were kept apart"] = list(
        table(measured(held_out))
    )
    return measured([*tuned, *held_out])


@pytest.mark.parametrize("check", IDS)
def test_a_check_is_right_when_it_speaks(scores, check):
    """G15, G17, G34: a false alarm costs the trust in all of them."""
    assert scores[check].precision >= PRECISION, scores[check].false


@pytest.mark.parametrize("check", IDS)
def test_a_check_overlooks_little(scores, check):
    assert scores[check].recall >= RECALL, scores[check].overlooked


@pytest.mark.parametrize("check", IDS)
def test_each_check_meets_letters_that_should_set_it_off(scores, check):
    assert scores[check].letters >= 6


def test_the_corpus_is_large_and_keeps_nearly_a_third_apart():
    tuned, held_out = len(samples("tuned")), len(samples("held_out"))

    assert tuned + held_out >= 140
    assert held_out / (tuned + held_out) > 0.3


def test_each_label_names_a_check_and_words_of_the_letter():
    for sample in [*samples("tuned"), *samples("held_out")]:
        for check, words in sample.expected:
            assert check in IDS, sample.name
            assert words.lower() in sample.piece.text.lower(), (sample.name, words)
        assert set(sample.near) <= set(IDS), sample.name


@pytest.fixture(scope="module", params=["slips.txt", "slips_held_out.txt"])
def slips(request):
    lines = (CORPUS / request.param).read_text().splitlines()
    pairs = [line.split(" -> ") for line in lines]
    found = {text: bool(_proofread(text)) for pair in pairs for text in pair}
    caught = sum(found[wrong] for wrong, _ in pairs)
    TABLES[f"spelling and grammar on {request.param}"] = [
        f"{caught} of {len(pairs)} wrong sentences found, "
        f"{sum(found[right] for _, right in pairs)} of {len(pairs)} right ones called wrong"
    ]
    return pairs, found


def _proofread(text):
    piece = Piece(text=text)
    return [*spelling(piece), *grammar(piece)]


def test_most_slips_of_students_are_found(slips):
    """G15, G41."""
    pairs, found = slips

    assert sum(found[wrong] for wrong, _ in pairs) / len(pairs) >= 0.85


def test_no_right_sentence_is_called_wrong(slips):
    """G15, G41."""
    pairs, found = slips

    assert [right for _, right in pairs if found[right]] == []
