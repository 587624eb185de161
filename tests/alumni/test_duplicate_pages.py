"""Staff look at two who may be one, merge them, take them apart, and say that they are two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from alumni import actions, tasks
from alumni.actions import desk
from alumni.models import Alum, AlumMerge, DuplicatePair
from tests.alumni.test_duplicates import LIST, alum
from tests.alumni.test_import_actions import run

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _logged_in(client, staff):
    client.force_login(staff)


def make_pair(n: int = 0) -> DuplicatePair:
    alum(f"Bob Smi{n}th", email=f"bob{n}@a.org")
    alum(f"Robert Smi{n}th", email=f"rs{n}@b.org", phone=f"+1413555013{n}")
    actions.find_duplicates(at=AT)
    return DuplicatePair.objects.latest("id")


def get(client, name: str, /, *args, **query) -> str:
    return client.get(reverse(f"alumni:{name}", args=args), query).content.decode()


def post(client, name: str, /, *args, **values) -> str:
    address = reverse(f"alumni:{name}", args=args)
    return client.post(address, values, follow=True).content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_database_as_often_for_three_as_for_one(
    client, item_count, staff, django_assert_num_queries
):
    for n in range(item_count):
        pair = make_pair(n)
        actions.merge(pair.one, alum(f"Another {n}"), choices={"name": "kept"}, by=staff, at=AT)
    actions.find_duplicates(at=LATER)

    with django_assert_num_queries(6):
        shown = get(client, "duplicates")
    assert shown.count("Compare and merge") == shown.count("Take them apart") == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_pair_asks_the_database_as_often_whatever_hangs_on_it(
    client, item_count, django_assert_num_queries
):
    pair = make_pair()
    for n in range(item_count):
        desk.change(pair.one, to={"job_title": f"Editor {n}"}, at=AT)

    with django_assert_num_queries(9):
        shown = get(client, "duplicate", pair.pk)
    changes = "change on their desk" if item_count == 1 else "changes on their desk"
    assert f"{item_count} {changes}" in shown


def test_likeliest_come_first_with_reasons_in_words(client):
    alum("Ana Ruiz"), alum("Ana Ruiz")
    make_pair()

    shown = get(client, "duplicates")

    assert "Bob and Robert can be one name" in shown
    assert "Both of the class of 2011" in shown
    assert shown.index("The same name") < shown.index("Bob and Robert can be one name")


def test_list_that_is_empty_teaches(client):
    shown = get(client, "duplicates")

    assert "Nobody is in the directory twice" in shown
    assert "Import a list" in shown


def test_import_says_how_many_may_be_there_already_and_leads_to_them(client):
    make_pair()
    alum("Bob Smith")
    done = run(LIST)
    assert "We are still looking" in get(client, "import_detail", done.pk)

    actions.compare_import(done.pk, at=AT)

    assert "1 person may already be in the directory" in get(client, "import_detail", done.pk)
    shown = get(client, "duplicates", **{"import": str(done.pk)})
    assert "1 pair may be one person" in shown
    assert "Smi0th" not in shown
    assert "2 pairs may be one person" in get(client, "duplicates", **{"import": "nonsense"})


def test_merge_and_undo(client, staff):
    pair = make_pair()

    said = post(client, "duplicate", pair.pk, name="kept", email="merged")

    assert "are one now" in said
    kept = Alum.objects.get()
    assert (kept.name, kept.email) == ("Bob Smi0th", "rs0@b.org")
    done = AlumMerge.objects.get()
    assert done.merged_by == staff
    assert "They are two records again" in post(client, "merge_undo", done.pk)
    assert Alum.objects.count() == 2
    assert DuplicatePair.objects.open().count() == 1


def test_merge_without_a_choice_is_asked_again(client):
    pair = make_pair()

    answer = client.post(reverse("alumni:duplicate", args=[pair.pk]), {"name": "kept"})

    assert answer.status_code == 422
    assert "Choose one for “E-mail”." in answer.content.decode()
    assert Alum.objects.count() == 2


def test_refusals_are_said(client, student):
    pair = make_pair()
    for one in (pair.one, pair.other):
        one.requests.create(student=student, words="Hello", asked_at=AT, expires_at=LATER)
    choices = {"name": "kept", "email": "kept"}

    answer = client.post(reverse("alumni:duplicate", args=[pair.pk]), choices)
    assert answer.status_code == 422
    assert "waits for two answers" in answer.content.decode()

    pair.other.requests.all().delete()
    post(client, "duplicate", pair.pk, **choices)
    desk.change(Alum.objects.get(), to={"job_title": "Editor"}, at=LATER)
    assert "was edited since" in post(client, "merge_undo", AlumMerge.objects.get().pk)


def test_two_people_stay_two_until_somebody_thinks_again(client):
    pair = make_pair()

    assert "stay two people" in post(client, "duplicate_apart", pair.pk)
    actions.find_duplicates(at=LATER)
    assert "Nobody is in the directory twice" in get(client, "duplicates")
    assert "Ask me again" in get(client, "duplicates", apart="")

    assert "are on the list again" in post(client, "duplicate_again", pair.pk)
    assert "1 pair may be one person" in get(client, "duplicates")


def test_button_rings_for_a_look_through_everybody(client, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.find_duplicates, "delay", lambda: rung.append(1))

    assert "looking through the whole directory" in post(client, "duplicates_find")
    assert rung == [1]


def test_looking_changes_nothing(client):
    pair = make_pair()
    for name in ("duplicate_apart", "duplicate_again", "merge_undo"):
        assert client.get(reverse(f"alumni:{name}", args=[pair.pk])).status_code == 405
    get(client, "duplicate", pair.pk)

    assert Alum.objects.count() == 2
