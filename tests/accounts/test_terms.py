from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn() -> Term:
    return Term.objects.create(
        name="Fall 2026", first_on=date(2026, 8, 24), last_on=date(2026, 12, 18)
    )


def test_a_day_belongs_to_one_term(autumn):
    with pytest.raises(ValidationError, match="Another term has some of these days"):
        Term(
            name="Winter 2026", first_on=autumn.last_on, last_on=date(2027, 1, 20)
        ).validate_constraints()
    Term.objects.create(name="Winter", first_on=date(2026, 12, 19), last_on=date(2027, 1, 20))


def test_a_term_does_not_end_before_it_began():
    with pytest.raises(IntegrityError):
        Term.objects.create(name="Fall", first_on=date(2026, 8, 24), last_on=date(2026, 8, 23))
