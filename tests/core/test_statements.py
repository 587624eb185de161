"""Rows that are read in statements of our own are those that Django reads."""

import pytest
from django.db import ProgrammingError, connection, transaction

from alumni.models import Import
from core.statements import Columns, Reader, change, fetch
from interviews.models import Interview
from tests.factories import ContactFactory, InterviewFactory


def test_rows_come_with_what_they_point_at(django_assert_num_queries):
    talks = InterviewFactory.create_batch(3)

    with django_assert_num_queries(1):
        found = Reader(Interview, "contact").read([talk.pk for talk in talks])
        names = {pk: talk.contact.name for pk, talk in found.items()}

    assert names == {talk.pk: talk.contact.name for talk in talks}
    for talk in talks:
        for field in Columns(Interview).fields:
            again = Interview.objects.get(pk=talk.pk)
            assert getattr(found[talk.pk], field.attname) == getattr(again, field.attname)


def test_what_is_long_is_read_when_it_is_asked_for(django_assert_num_queries):
    talk = InterviewFactory(notes="Long and private.")
    (found,) = Reader(Interview).read([talk.pk]).values()

    assert "notes" not in found.__dict__
    with django_assert_num_queries(1):
        assert found.notes == "Long and private."


def test_what_points_at_nothing_points_at_nothing(django_assert_num_queries):
    listed = Import.objects.create(file_name="alumni.csv")

    with django_assert_num_queries(1):
        (found,) = Reader(Import, "uploaded_by").read([listed.pk]).values()
        assert found.uploaded_by is None


def test_nothing_of_a_value_is_read_as_a_statement():
    ContactFactory(name="Dana'; DROP TABLE x; --")

    asked = {"name": "Dana'; DROP TABLE x; --"}
    assert fetch("SELECT count(*) FROM contacts_contact WHERE name = %(name)s", asked) == [(1,)]
    assert change("UPDATE contacts_contact SET name = 'Dana' WHERE name = %(name)s", asked) == 1


def test_mistakes_are_djangos_and_the_next_question_is_answered():
    with pytest.raises(ProgrammingError), transaction.atomic():
        fetch("SELECT nothing FROM nowhere", {})

    assert fetch("SELECT 1", {}) == [(1,)]


def test_they_are_planned_once():
    for number in range(3):
        fetch("SELECT %(number)s::int AS planned_once", {"number": number})

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ %s", ["planned_once$"]
        )
        assert cursor.fetchone() == (1,)
