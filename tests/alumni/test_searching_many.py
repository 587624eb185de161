"""The best of more people than are weighed one by one, and of more than are counted."""

import pytest

from accounts.models import Role, User
from alumni.models import Alum, Consent
from alumni.searching import hits, many, search, terms, typed
from alumni.searching.search import Wish
from tests.factories import AlumFactory

STAFF, STUDENT = User(role=Role.STAFF), User(role=Role.STUDENT)


def alum(given: str, family: str, employer: str = "", *hidden: str, **values) -> Alum:
    return AlumFactory(
        name=f"{given} {family}", given_name=given, family_name=family, employer=employer,
        hidden_fields=list(hidden), **values,
    )  # fmt: skip


def pages(user: User, words: str, per_page: int = 2) -> list[list[str]]:
    """All pages of a search, walked forth; and back again, which must be the same ones."""
    wish = Wish(words=words)
    found = [search.search(user, wish, per_page=per_page)]
    while found[-1].next_place:
        wish = Wish(words=words, after=found[-1].next_place)
        found.append(search.search(user, wish, per_page=per_page))
    back = [found[-1]]
    while back[-1].previous_place:
        wish = Wish(words=words, before=back[-1].previous_place)
        back.append(search.search(user, wish, per_page=per_page))
    names = [[alum.name for alum in page.people] for page in found]
    assert [[alum.name for alum in page.people] for page in reversed(back)] == names
    return names


def walked(user: User, words: str) -> list[str]:
    return [name for page in pages(user, words) for name in page]


@pytest.fixture(params=["some", "more than are counted", "walked in vain"])
def _many(request, monkeypatch):
    """More than are weighed; more than are counted; and so many that names are not walked."""
    monkeypatch.setattr(typed, "MOST_WEIGHED", 0)
    if request.param != "some":
        for module in (search, hits, many):
            monkeypatch.setattr(module, "MOST_COUNTED", 1)
    if request.param == "walked in vain":
        monkeypatch.setattr(many, "MOST_WALKED", 1)


# The last in the table are the best.
@pytest.fixture
def _birches():
    alum("Fi", "Abel", "Birchworks")
    alum("Kim", "Zuk", "Birchworks")
    alum("Ed", "Bírchwood")
    alum("Di", "Birchall")
    alum("Hy", "Birchall", "Birch", "employer")
    alum("Gus", "Quill", "Birch", "employer")
    alum("Birch", "Zed")
    alum("Cy", "Aal", "Birch")
    alum("Lu", "Birch", consent=Consent.UNKNOWN)
    alum("Bo", "Bírch")
    alum("Ada", "Birch")
    alum("Somebody", "Else")
    terms.learn(Alum.objects.all())


@pytest.mark.usefixtures("_birches", "_many")
@pytest.mark.parametrize("few", [0, 4000], ids=["walked", "by the index of words"])
def test_names_come_first_then_words_as_typed_then_names_that_begin_so(monkeypatch, few):
    monkeypatch.setattr(many, "FEW", few)

    assert walked(STAFF, "birch") == [
        "Ada Birch", "Bo Bírch", "Lu Birch",
        "Cy Aal", "Hy Birchall", "Gus Quill", "Birch Zed",
        "Di Birchall", "Ed Bírchwood",
        "Fi Abel", "Kim Zuk",
    ]  # fmt: skip
    # Nobody is found by what they hide, nor put in order by it.
    assert walked(STUDENT, "birch") == [
        "Ada Birch", "Bo Bírch",
        "Cy Aal", "Birch Zed",
        "Di Birchall", "Hy Birchall", "Ed Bírchwood",
        "Fi Abel", "Kim Zuk",
    ]  # fmt: skip


@pytest.mark.usefixtures("_birches", "_many")
def test_three_letters_find_the_names_that_begin_so_first():
    """Nobody has the word itself; Birch and Bírch are names that begin so."""
    assert walked(STUDENT, "bir") == [
        "Ada Birch", "Bo Bírch", "Di Birchall", "Hy Birchall", "Ed Bírchwood",
        "Cy Aal", "Fi Abel", "Birch Zed", "Kim Zuk",
    ]  # fmt: skip


@pytest.mark.usefixtures("_many")
def test_name_that_nobody_learned_yet_is_found_among_many():
    alum("Ada", "Birchall")
    terms.learn(Alum.objects.all())
    alum("Bo", "Birch")

    assert walked(STAFF, "birch") == ["Bo Birch", "Ada Birchall"]


@pytest.mark.usefixtures("_many")
def test_filters_narrow_many_as_well():
    alum("Ada", "Birch", "Mapworks", class_year=1990)
    alum("Bo", "Birch", class_year=2001)
    alum("Cy", "Elm", "Birchworks", class_year=1990)
    terms.learn(Alum.objects.all())
    wish = Wish(words="birch", filters=search.Filters(until=1995))

    found = search.search(STAFF, wish)

    assert [alum.name for alum in found.people] == ["Ada Birch", "Cy Elm"]


def test_of_several_words_that_more_share_than_are_counted_the_best_come_first(monkeypatch):
    """Of four, two are counted: those that stand first in the table are not the best."""
    for module in (search, hits, many):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    alum("Ada", "Abel", "Birchworks Pressing")
    alum("Bo", "Zuk", "Birch Press")
    alum("Cy", "Elm", "Birchworks Press")
    alum("Di", "Ash", "Birch Press")
    terms.learn(Alum.objects.all())

    assert walked(STAFF, "birch press") == ["Di Ash", "Bo Zuk", "Ada Abel", "Cy Elm"]


def test_guess_that_more_share_than_are_counted_is_in_the_order_of_names(monkeypatch):
    for module in (search, hits, many):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)
    for given, family in [("Bo", "Zuk"), ("Cy", "Elm"), ("Di", "Ash")]:
        alum(given, family, "Storehouse")
    terms.learn(Alum.objects.all())

    assert walked(STAFF, "storehuose") == ["Di Ash", "Cy Elm", "Bo Zuk"]


@pytest.mark.usefixtures("_birches", "_many")
def test_page_that_names_fill_is_counted_as_any_other():
    found = search.search(STAFF, Wish(words="bir"), per_page=2)

    assert found.total == min(11, hits.MOST_COUNTED + 1)
    assert ["Birch", 3] in [list(one) for one in found.facets["employer"]] or found.is_capped
