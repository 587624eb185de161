"""How somebody is spoken to."""

import pytest

from core.names import spoken_to


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Maya Oyelaran", "Maya"),
        ("Cher", "Cher"),
        ("J. Oyelaran", "J."),
        ("Dr. Ana Ruiz", "Ana"),
        ("PROF Ana Ruiz", "Ana"),
        ("Dr. Ruiz", "Dr. Ruiz"),
        ("Dr.", "Dr."),
        ("Dean Winters", "Dean"),
        ("Oyelaran, Maya", "Maya"),
        ("Ana Ruiz, PhD", "Ana"),
        ('Robert "Bob" O’Neil, Jr.', "Robert"),
        ("משה כהן", "משה"),
        ("  ", ""),
    ],
)
def test_people_are_spoken_to_by_their_first_name(name, spoken):
    assert spoken_to(name) == spoken
