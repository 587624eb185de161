"""What is signed in a shorter way is what Django signs."""

import pytest
from django.core.signing import BadSignature, Signer

from core.pen import Pen

ABOUT = {"sep": ".", "salt": "tests.pen"}


@pytest.mark.parametrize("words", ["17-29000000", "", "ü+名"])
@pytest.mark.parametrize("key", ["one key", "another", b"octets"])
def test_it_writes_as_django_does(words, key):
    assert Pen(key=key, **ABOUT).sign(words) == Signer(key=key, **ABOUT).sign(words)


def test_it_reads_what_was_signed_with_an_older_key():
    old = Signer(key="old", **ABOUT).sign("17")

    assert Pen(key="new", fallback_keys=["old"], **ABOUT).unsign(old) == "17"
    with pytest.raises(BadSignature):
        Pen(key="new", fallback_keys=["older"], **ABOUT).unsign(old)


def test_other_salts_are_other_signatures():
    with pytest.raises(BadSignature):
        Pen(sep=".", salt="a").unsign(Pen(sep=".", salt="b").sign("17"))
