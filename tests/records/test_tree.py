"""Who led to whom: layout without a database, and the page."""

from itertools import pairwise

import pytest

from records import tree
from records.drawing import shortened
from records.network import in_a_row, network_of
from tests.factories import ContactFactory, InteractionFactory, LetterFactory
from tests.records.conftest import held_talk

URL = "/record/tree/"


def boxes(answer) -> int:
    return answer.content.decode().count('<rect width="176"')


def places(parents, root):
    children = tree.children_of(parents)
    found = tree.layout(root, children, set(parents))
    return {key: tuple(place) for key, place in found.places.items()}


def test_leaves_take_rows_and_parents_sit_in_the_middle():
    parents = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2}

    assert places(parents, 1) == {
        4: (2, 0), 5: (2, 1), 6: (2, 2), 2: (1, 1), 3: (1, 3), 1: (0, 2),
    }  # fmt: skip


def test_no_two_share_a_place():
    parents = {key: key // 3 or None for key in range(1, 200)}
    children = tree.children_of(parents)

    for root in children[None]:
        found = places(parents, root)
        assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("parents", "roots"),
    [
        ({1: 2, 2: 1}, [1]),
        ({1: 2, 2: 3, 3: 1}, [1]),
        ({5: 6, 6: 7, 7: 6}, [6]),
        ({1: 1}, [1]),
        ({1: 99}, [1]),
        ({1: None, 2: 3, 3: 2, 4: 2}, [1, 2]),
    ],
    ids=["two", "three", "tail", "self", "parent of another list", "beside a tree"],
)
def test_a_circle_is_opened_and_loses_nobody(parents, roots):
    children = tree.children_of(parents)

    assert children[None] == roots
    everybody = [key for root in roots for key in tree.downward(root, children)]
    assert sorted(everybody) == sorted(parents)


def test_a_chain_of_thousands_is_no_trouble():
    parents = {1: None, **{after: before for before, after in pairwise(range(1, 5000))}}
    children = tree.children_of(parents)

    assert len(tree.longest_chain(children)) == 4999
    assert tree.layout(1, children, set(parents)).depth == 4999


def test_longest_chain_and_the_first_of_two():
    assert tree.longest_chain(tree.children_of({1: None, 2: 1, 3: None, 4: 3, 5: 4})) == [3, 4, 5]
    assert tree.longest_chain(tree.children_of({1: None, 2: None})) == [1]
    assert tree.longest_chain(tree.children_of({})) == []


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_in_a_row(names, words):
    assert in_a_row(names) == words


def test_shortened_counts_wide_letters_twice():
    assert shortened("Dana Whitcomb", 20) == "Dana Whitcomb"
    assert shortened("Dana Whitcomb-Fitzgerald", 10) == "Dana Whit…"
    assert shortened("李" * 12, 10) == "李李李李…"


@pytest.fixture
def family(student):
    dana = ContactFactory(
        student=student, name="Dana Whitcomb", source="ALUMNI", job_title="Editor"
    )
    wen = ContactFactory(student=student, name="Wen Li", referred_by=dana)
    omar = ContactFactory(student=student, name="Omar Haddad", referred_by=dana)
    rosa = ContactFactory(student=student, name="Rosa", referred_by=wen)
    ContactFactory(student=student, name="Aunt Ruth", source="FAMILY")
    ContactFactory(student=student, name="Somebody")
    held_talk(dana)
    LetterFactory(contact=wen, state="SENT", sent_on="2026-03-03")
    InteractionFactory(contact=omar, outcome="ASKED")
    return {"dana": dana, "wen": wen, "omar": omar, "rosa": rosa}


def test_reach_is_told_in_words(student, family):
    people = network_of(student).people

    assert {one.name: str(one.reach) for one in people.values() if one.pk in [
        contact.pk for contact in family.values()]} == {
        "Dana Whitcomb": "Met", "Wen Li": "Asked", "Omar Haddad": "Asked", "Rosa": "Not asked yet",
    }  # fmt: skip


def test_page_draws_lists_and_says_it(client, student, family):
    client.force_login(student)

    answer = client.get(URL)
    page = answer.content.decode()

    assert "Dana Whitcomb led you to Wen Li and Omar Haddad. Wen Li led you to Rosa." in page
    assert "named 2 people" in page
    assert boxes(answer) == 5  # The source and four people; who led to nobody is counted.
    assert "Aunt Ruth" not in page
    for contact in family.values():
        assert page.count(f'href="{contact.get_absolute_url()}"') >= 2  # Drawn, and in the list.
    assert "<strong>Family</strong>" in page
    assert "<strong>Not written down how</strong>" in page
    assert " style=" not in page


def test_page_survives_a_circle(client, student, family):
    family["dana"].referred_by = family["rosa"]
    family["dana"].save()
    client.force_login(student)

    assert boxes(client.get(URL)) == 5


def test_page_escapes_names(client, student):
    dana = ContactFactory(student=student, name="<b>Dana</b>")
    ContactFactory(student=student, name="</text><script>", referred_by=dana)
    client.force_login(student)

    page = client.get(URL).content.decode()

    assert "<b>Dana" not in page
    assert "</text><script>" not in page


def test_page_of_nobody_led_teaches(client, student):
    ContactFactory(student=student, source="FAMILY")
    client.force_login(student)

    page = client.get(URL).content.decode()

    assert "whom else should I meet?" in page
    assert "1 from “Family”" in page


def test_a_large_network_comes_in_pages_that_can_be_read(client, student):
    """A branch that is too large for one page is drawn on from whoever led to more."""
    before = None
    for number in range(60):
        before = ContactFactory(student=student, name=f"Link {number}", referred_by=before)
    hub = ContactFactory(student=student, name="Hub")
    ContactFactory.create_batch(20, student=student, referred_by=hub)
    client.force_login(student)

    first, second = client.get(URL), client.get(URL, {"page": 2})
    last_drawn = student.contacts.get(name="Link 39")
    rest = client.get(URL, {"from": last_drawn.pk})

    assert boxes(first) == 1 + 40
    assert "Not asked yet, and 1 more" in first.content.decode()
    assert f"from={last_drawn.pk}" in first.content.decode()
    assert boxes(second) == 1 + 21
    assert "Whom Link 39 led you to" in rest.content.decode()
    assert boxes(rest) == 1 + 21


@pytest.mark.parametrize("start", ["½", "0", "-1", "9" * 40, "x", "²"])
def test_drawing_on_from_nobody_is_404(client, student, family, start):
    client.force_login(student)

    assert client.get(URL, {"from": start}).status_code == 404


def test_drawing_on_from_a_stranger_is_404(client, other_student, family):
    client.force_login(other_student)

    assert client.get(URL, {"from": family["dana"].pk}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_tree_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for _ in range(count):
        ContactFactory(student=student, referred_by=ContactFactory(student=student))
    client.force_login(student)

    with django_assert_num_queries(3):  # Session, user, everybody.
        assert boxes(client.get(URL)) == 1 + 2 * count
