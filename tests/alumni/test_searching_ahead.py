"""What is made ahead of a search, in bulk, is what would be made of each person."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts.models import Role, User
from alumni.actions import desk
from alumni.models import Alum, Consent, FacetCounts, SearchTerm
from alumni.searching import hits, summary, terms, typed
from alumni.searching.search import Wish, search
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

    counted = search(User(role=role), Wish())
    ahead = FacetCounts.objects.get(audience=audience)
    assert ahead.total == counted.total > 0
    assert {kind: [tuple(one) for one in said] for kind, said in ahead.facets.items()} == (
        counted.facets
    )


def test_values_with_as_many_people_stand_in_one_order_however_they_were_counted():
    for employer in ("apple & sons", "Zebra Press", "Élan", "Birch Inc"):
        AlumFactory(employer=employer)
    summary.count_ahead(at=AT)

    counted = search(User(role=Role.STAFF), Wish()).facets["employer"]

    ahead = FacetCounts.objects.get(audience=FacetCounts.Audience.OFFICE).facets["employer"]
    assert [tuple(one) for one in ahead] == counted
    assert [name for name, _ in counted] == ["Birch Inc", "Zebra Press", "apple & sons", "Élan"]


def test_directory_of_nobody_is_counted_ahead_as_nobody():
    summary.count_ahead(at=AT)

    made = FacetCounts.objects.order_by("audience").values_list("audience", "total", "facets")
    assert list(made) == [("OFFICE", 0, {}), ("STUDENTS", 0, {})]


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


def _found(words: str) -> list[str]:
    return [alum.name for alum in search(User(role=Role.STAFF), Wish(words=words)).people]


def test_common_beginning_finds_whom_its_words_find(monkeypatch):
    """Of a word that many share the forms in use are asked for, each as it is."""
    for name, title in [("Ada Ash", "Manager"), ("Bo Birch", "Managers' aide"), ("Cy Elm", "Chef")]:
        AlumFactory(name=name, job_title=title, employer="")
    terms.learn(Alum.objects.all())
    monkeypatch.setattr(typed, "FEW", 0)

    query = typed.as_typed(typed.words_of("manager"))

    assert query.wide == "('manager' | 'managers')"
    assert sorted(_found("manager")) == ["Ada Ash", "Bo Birch"]


def test_beginning_of_too_many_words_stays_a_beginning(monkeypatch):
    for number in range(terms.MOST_FORMS + 1):
        AlumFactory(name=f"Ada Quaz{chr(97 + number)}", employer="")
    terms.learn(Alum.objects.all())
    monkeypatch.setattr(typed, "FEW", 0)

    assert typed.as_typed(typed.words_of("quaz")).wide == "('quaz':*)"
    assert len(_found("quaz")) == terms.MOST_FORMS + 1


@pytest.mark.parametrize("order", ["name", "year"])
def test_more_than_are_counted_can_be_put_in_order_page_by_page(monkeypatch, order):
    for number in range(3):
        AlumFactory(name=f"Ada Birch{number}", family_name=f"Birch{number}", class_year=1990)
    monkeypatch.setattr("alumni.searching.search.MOST_COUNTED", 1)
    user, wish = User(role=Role.STAFF), Wish(words="ada", sort=order)

    first = search(user, wish, per_page=2)
    second = search(user, Wish(words="ada", sort=order, after=first.next_place), per_page=2)

    found = [alum.family_name for page in (first, second) for alum in page.people]
    assert found == ["Birch0", "Birch1", "Birch2"]


@pytest.mark.parametrize("order", ["name", "year"])
def test_whole_directory_is_walked_forth_and_back(monkeypatch, order):
    for number in range(5):
        AlumFactory(name=f"Ada Birch{number}", family_name=f"Birch{number}", class_year=1990)
    monkeypatch.setattr(summary, "of", lambda user: (5, {}))
    user, names = User(role=Role.STAFF), []

    first = page = search(user, Wish(sort=order), per_page=2)
    while page.next_place:
        page = search(user, Wish(sort=order, after=page.next_place), per_page=2)
        names += [alum.family_name for alum in page.people]
    back = search(user, Wish(sort=order, before=page.previous_place), per_page=2)

    assert [alum.family_name for alum in first.people] + names == [f"Birch{n}" for n in range(5)]
    assert [alum.family_name for alum in back.people] == ["Birch2", "Birch3"]


def test_facets_of_some_are_those_of_people_whom_the_search_found(monkeypatch):
    for number in range(4):
        AlumFactory(name=f"Ada Birch {number}", employer=("Mapworks", "Storehouse")[number % 2])
    AlumFactory(name="Bo Elm", employer="Nowhere")
    monkeypatch.setattr(hits.facets, "MOST_FACETED", 3)
    found = search(User(role=Role.STAFF), Wish(words="birch"))

    assert sum(people for _, people in found.facets["employer"]) == 3
    assert {value for value, _ in found.facets["employer"]} == {"Mapworks", "Storehouse"}


def test_word_from_the_desk_is_known_to_the_search():
    alum = AlumFactory(name="Ada Birch", employer="")

    desk.change(alum, to={"employer": "Quillworks"}, at=AT)

    assert SearchTerm.objects.filter(word="quillworks").exists()
