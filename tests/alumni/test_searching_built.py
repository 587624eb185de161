"""A statement is put together once for each shape of a search, and holds for no other."""

import pytest
from django.db import connection

from accounts.models import Role, User
from alumni.models import Alum, Consent
from alumni.searching import hits, many, search, terms, typed
from alumni.searching.built import Among
from alumni.searching.filters import Filters
from alumni.searching.search import Wish
from tests.factories import AlumFactory

STAFF, STUDENT = User(role=Role.STAFF), User(role=Role.STUDENT)


def found(words: str, user: User = STAFF, **filters) -> list[str]:
    results = search.search(user, Wish(words=words, filters=Filters(**filters)))
    return [alum.name for alum in results.people]


def test_other_words_of_one_shape_are_asked_with_one_statement():
    AlumFactory(name="Ada Birch")
    AlumFactory(name="Bo Elm")

    assert found("birch") == ["Ada Birch"]
    assert found("elm") == ["Bo Elm"]

    built = hits._page_and_counts.cache_info()
    assert (built.misses, built.hits) == (1, 1)


def test_statement_is_prepared_once_for_all_words():
    AlumFactory(name="Ada Birch")
    for word in ("birch", "ada", "birch"):
        found(word)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'WITH hit AS%'"
        )
        assert cursor.fetchone() == (1,)


def test_nobody_gets_a_statement_that_was_built_for_who_sees_more():
    AlumFactory(name="Ada Birch", consent=Consent.UNKNOWN)
    AlumFactory(name="Bo Birch", consent=Consent.YES)

    assert Among(Alum.objects.visible_to(STAFF)) != Among(Alum.objects.visible_to(STUDENT))
    assert Among(Alum.objects.visible_to(STUDENT)) == Among(Alum.objects.visible_to(STUDENT))
    for _ in range(2):
        assert found("birch") == ["Ada Birch", "Bo Birch"]
        assert found("birch", STUDENT) == ["Bo Birch"]


def test_filters_are_a_part_of_the_shape():
    AlumFactory(name="Ada Birch", employer="Mapworks")
    AlumFactory(name="Bo Birch", employer="Storehouse")

    assert found("birch", employer="Mapworks") == ["Ada Birch"]
    assert found("birch", employer="Storehouse") == ["Bo Birch"]
    assert found("birch") == ["Ada Birch", "Bo Birch"]


@pytest.mark.parametrize("value", ["100% O'Neill\\Sons", "%s", "%(wide)s", '"Quoted" & Co'])
def test_signs_in_what_is_asked_for_mean_themselves(value):
    AlumFactory(name="Ada Birch", employer=value)
    AlumFactory(name="Bo Birch", employer="Else")

    assert found("birch", employer=value) == ["Ada Birch"]
    assert "Ada Birch" in found(f"birch {value}")


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_three_times_whoever_is_found(count, django_assert_num_queries):
    for number in range(count):
        AlumFactory(name=f"Ada Birch{number}")
    found("birch")

    with django_assert_num_queries(3):
        assert len(found("birch")) == count


@pytest.fixture
def _multitude(monkeypatch):
    """Thirteen words begin with “qua”, and two people have the commonest."""
    monkeypatch.setattr(terms, "LOOK_UP", terms.LOOK_UP.replace(f"> {terms.MULTITUDE}", "> 1"))
    for number in range(terms.MOST_FORMS + 1):
        AlumFactory(name=f"Ada Qua{chr(97 + number)}", family_name=f"Qua{chr(97 + number)}")
    AlumFactory(name="Bo Elm", family_name="Elm", employer="Quab")
    terms.learn(Alum.objects.all())


@pytest.mark.usefixtures("_multitude")
@pytest.mark.parametrize("most_counted", [1, 2])
def test_whoever_has_the_commonest_words_may_be_more_than_are_counted(monkeypatch, most_counted):
    for module in (search, hits, many):
        monkeypatch.setattr(module, "MOST_COUNTED", most_counted)
    monkeypatch.setattr(typed, "MOST_WEIGHED", 0)

    query = typed.as_typed(typed.words_of("qua"))
    assert (query.wide, query.common) == ("('qua':*)", "('quab')")
    results = search.search(STAFF, Wish(words="qua"))

    assert results.is_capped
    assert len(results.people) == terms.MOST_FORMS + 2
    # Two have the commonest: where that is more than are counted, nobody else is looked for.
    is_enough = most_counted == 1
    assert hits._page_and_counts.cache_info().misses == (0 if is_enough else 1)
    if is_enough:
        assert results.facets["employer"] == [("Quab", 1)]
