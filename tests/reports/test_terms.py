from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Term

TERMS = reverse("reports:terms")
FALL = {"name": "Fall 2026", "first_on": "2026-08-24", "last_on": "2026-12-18"}


@pytest.fixture
def fall():
    return Term.objects.create(
        name="Fall 2026", first_on=date(2026, 8, 24), last_on=date(2026, 12, 18)
    )


def test_staff_add_change_and_take_away_a_term(client, staff):
    client.force_login(staff)

    client.post(TERMS, FALL)
    term = Term.objects.get()
    assert (term.name, term.first_on, term.last_on) == (
        "Fall 2026", date(2026, 8, 24), date(2026, 12, 18),
    )  # fmt: skip

    client.post(reverse("reports:term", args=[term.pk]), FALL | {"last_on": "2026-12-19"})
    assert Term.objects.get().last_on == date(2026, 12, 19)

    client.post(reverse("reports:remove_term", args=[term.pk]))
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Give it a name, such as Fall 2026."),
        ({"name": "Fall 2026"}, "There is a term of this name already."),
        ({"first_on": ""}, "Choose the first day."),
        ({"last_on": "soon"}, "Choose a day."),
        ({"last_on": "2027-01-01"}, "The last day comes before the first."),
        ({"first_on": "2026-12-18"}, "Another term has some of these days."),
        ({"name": "N" * 61}, "at most 60 characters"),
    ],
    ids=["no name", "name twice", "no day", "not a day", "ends first", "shared day", "long"],
)
def test_a_wrong_term_is_said_in_words(client, staff, fall, wrong, sentence):
    client.force_login(staff)
    spring = {"name": "Spring 2027", "first_on": "2027-01-20", "last_on": "2027-05-10"}

    answer = client.post(TERMS, spring | wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Term.objects.count() == 1


def test_a_page_without_terms_teaches_the_first(client, staff):
    client.force_login(staff)

    page = client.get(TERMS).content.decode()

    assert "No term yet" in page
    assert "Add the first one" in page


@pytest.mark.parametrize("count", [1, 3])
def test_terms_take_as_many_queries_as_one(client, staff, django_assert_num_queries, count):
    for n in range(count):
        day = date(2026, 1 + n, 1)
        Term.objects.create(name=f"T{n}", first_on=day, last_on=day)
    client.force_login(staff)

    with django_assert_num_queries(3):
        client.get(TERMS)
