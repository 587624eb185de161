"""Small components of pages and mails."""

import pytest

from core.templatetags.ui import filled, full_stop


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("Call Ann", "Call Ann."), ("after 6 p.m.", "after 6 p.m."), ("Ann Lee Jr. ", "Ann Lee Jr."),
     ("Really?", "Really?"), ("and so on …", "and so on …"), ("Call now!", "Call now!")],
)  # fmt: skip
def test_full_stop_is_never_doubled(words, sentence):
    assert full_stop(words) == sentence


def test_row_is_shown_without_its_blanks():
    assert filled(["Lee", "", " ", "ann@example.org", "0"]) == ["Lee", "ann@example.org", "0"]
