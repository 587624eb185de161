"""What is made ahead of a search, in bulk, is what would be made of each person."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts.models import Role, User
from alumni.models import Alum, Consent, FacetCounts, SearchTerm
from alumni.searching import hits, summary, terms
from alumni.searching.places import Turn
from tests.factories import AlumFactory

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def _some_alumni():
    for number in range(6):
        AlumFactory(
            name=f"Rosa Delgado {number}", class_year=1998 + number * 3,
            employer=("Storehouse Press", "Mapworks", "")[number % 3],
            majors=["French", "History"][: number % 3], fields_of_work=["Publishing"],
            city="Hadley", region=("", "Massachusetts")[number % 2], country="Wales",
            consent=(Consent.YES, Consent.YES, Consent.UNKNOWN)[number % 3],
            hidden_fields=(["employer", "majors", "class_year"], [])[number % 2],
        )  # fmt: skip


@pytest.mark.usefixtures("_some_alumni")
@pytest.mark.parametrize(
    ("audience", "role"),
    [(FacetCounts.Audience.OFFICE, Role.STAFF), (FacetCounts.Audience.STUDENTS, Role.STUDENT)],
)
def test_counts_made_ahead_are_those_of_a_search_for_everybody(audience, role):
    summary.count_ahead(at=AT)

    user = User(role=role)
    turn = Turn("name", 25, sees_hidden=user.is_office_staff)
    counted = hits.page_of(Alum.objects.visible_to(user), None, turn)
    ahead = FacetCounts.objects.get(audience=audience)
    assert ahead.total == counted.total > 0
    assert {kind: [tuple(one) for one in said] for kind, said in ahead.facets.items()} == (
        counted.facets
    )


def test_words_are_learned_with_the_keys_that_a_search_asks_for():
    """terms.KEYS says what the function says, which a search calls for the words that it has."""
    AlumFactory(
        name="Ab Bobbie Ænid O'Brien x7 Zuzana", employer="Müller & 12 Söhne", city="日本橋"
    )

    terms.learn(Alum.objects.all())

    with connection.cursor() as cursor:
        # As a search asks: the column has the order of bytes, which knows no letters but ours.
        cursor.execute('SELECT word, alum_term_keys(word COLLATE "default") FROM alumni_searchterm')
        by_function = {word: set(keys) for word, keys in cursor.fetchall()}
    assert by_function["bobbie"] >= {"bobbie", "obbie", "bobbi"}
    assert {term.word: set(term.keys) for term in SearchTerm.objects.all()} == by_function


def test_words_learned_again_count_the_people_and_keep_the_keys():
    AlumFactory(name="Zuzana Kay", employer="")
    terms.learn(Alum.objects.all())
    keys = SearchTerm.objects.get(word="zuzana").keys

    terms.learn(Alum.objects.all())

    again = SearchTerm.objects.get(word="zuzana")
    assert (again.people, again.keys) == (2, keys)
