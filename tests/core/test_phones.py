"""What a touch on a number dials."""

import pytest

from core.phones import tel


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("(413) 555-0142", "tel:+1-413-555-0142"),
        ("+44 20 7946 0018", "tel:+44-20-7946-0018"),
        ("413-555-0119 x12", "tel:+1-413-555-0119;ext=12"),
        ("413 555 0119, after 6 p.m.", "tel:+1-413-555-0119"),
        ("413 555 0119 or 413 555 0120", "tel:+1-413-555-0119"),
        ("1", "tel:1"),
        ("x", ""),
        ("room 5", ""),
        ("", ""),
        ("no number", ""),
    ],
)
def test_tel_is_what_a_phone_dials(phone, address):
    assert tel(phone) == address
