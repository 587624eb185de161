"""Addresses and numbers beside which a word stands that takes them back."""

import pytest

from tests.alumni.test_importing_rows import clean


@pytest.mark.parametrize(
    ("cell", "email"),
    [("old: e@x.edu new: e@y.org", "e@x.edu"), ("f@x.edu (bounced); f@y.org", "f@x.edu"),
     ("r@x.edu (wife’s)", "r@x.edu")],
)  # fmt: skip
def test_address_that_is_taken_back_is_said(cell, email):
    row = clean(f"Name,E-mail\nAnn Lee,{cell}\n")

    assert row.values["email"] == email
    assert row.problems == [f"“{cell}” was read as {email}. Look whether it is meant to be used."]


@pytest.mark.parametrize("cell", ["do not call 413-555-0142", "413-555-0142 (disconnected)"])
def test_number_that_is_taken_back_is_said(cell):
    row = clean(f"Name,Phone\nAnn Lee,{cell}\n")

    assert row.problems == [
        f"“{cell}” was read as +14135550142. Look whether it is meant to be used."
    ]


@pytest.mark.parametrize(
    "cell", ["e@x.edu (work)", "not.old@x.edu", "Ann Lee <wife@x.edu>", "e@x.edu; private@y.org"]
)
def test_word_of_the_address_itself_takes_nothing_back(cell):
    assert clean(f"Name,E-mail\nAnn Lee,{cell}\n").problems == []
