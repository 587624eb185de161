"""Statements that are told and heard later, on Django's own connection."""

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction

from accounts.models import User
from core.pipeline import Pipeline
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

RENAME = "UPDATE accounts_user SET name = $2 WHERE email = $1"
READDRESS = "UPDATE accounts_user SET email = $2 WHERE email = $1"


@pytest.fixture
def people():
    return [UserFactory(email=f"person{number}@example.edu") for number in range(3)]


def test_each_is_done_when_it_was_heard(people):
    pipeline = Pipeline("rename", RENAME)
    for person in people:
        pipeline.tell(person.email, f"Zoë {person.pk}")
    pipeline.hear()

    assert list(User.objects.order_by("pk").values_list("name", flat=True)) == [
        f"Zoë {person.pk}" for person in people
    ]


def test_each_is_a_transaction_of_its_own(people):
    """The one that fails is said, and the others stand."""
    pipeline = Pipeline("readdress", READDRESS)
    pipeline.tell(people[0].email, "first@example.edu")
    pipeline.tell(people[1].email, "first@example.edu")
    pipeline.tell(people[2].email, "third@example.edu")
    with pytest.raises(IntegrityError):
        pipeline.hear()

    emails = list(User.objects.order_by("pk").values_list("email", flat=True))
    assert emails == ["first@example.edu", people[1].email, "third@example.edu"]


def test_nobody_waits_for_what_was_never_told(people):
    pipeline = Pipeline("rename", RENAME)
    with pytest.raises(UnicodeEncodeError):
        pipeline.tell(people[0].email, "\ud800")
    pipeline.tell(people[1].email, "Second")
    pipeline.hear()

    assert User.objects.get(pk=people[1].pk).name == "Second"


def test_they_belong_to_the_transaction_that_is_open(people):
    pipeline = Pipeline("rename", RENAME)
    with transaction.atomic():
        pipeline.tell(people[0].email, "Nobody")
        pipeline.hear()
        transaction.set_rollback(True)

    people[0].refresh_from_db()
    assert people[0].name != "Nobody"


def test_statement_is_prepared_again_after_a_rollback(people):
    """psycopg forgets all that was prepared with it."""
    _rename(people[0].email, "First")
    with transaction.atomic():
        User.objects.count()
        transaction.set_rollback(True)
    assert User.objects.exists()

    _rename(people[0].email, "Second")

    people[0].refresh_from_db()
    assert people[0].name == "Second"


def test_statement_is_prepared_once_on_a_connection(people):
    _rename(people[0].email, "First")
    _rename(people[0].email, "Second")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'rename'")
        assert cursor.fetchone() == (1,)


def test_many_more_than_a_socket_holds(people):
    pipeline = Pipeline("rename", RENAME)
    for _ in range(300):
        pipeline.tell(people[0].email, "x" * 200)
    pipeline.hear()

    people[0].refresh_from_db()
    assert people[0].name == "x" * 200


def test_connection_that_broke_is_said(people):
    pipeline = Pipeline("rename", RENAME)
    pipeline.tell(people[0].email, "First")
    connection.connection.pgconn.finish()

    with pytest.raises(DatabaseError):
        pipeline.hear()
    connection.close()


def test_connection_that_was_closed_meanwhile_is_said(people):
    pipeline = Pipeline("rename", RENAME)
    pipeline.tell(people[0].email, "First")
    connection.close()

    with pytest.raises(InterfaceError):
        pipeline.tell(people[1].email, "Second")


def _rename(email: str, name: str) -> None:
    pipeline = Pipeline("rename", RENAME)
    pipeline.tell(email, name)
    pipeline.hear()
