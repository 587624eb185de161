"""Who may be on one list twice: by name, address and number; and who is not."""

import random

import pytest
from django.urls import reverse

from contacts.duplicates import Person, find_pairs
from contacts.models import NotTheSame
from core.likeness import alike
from core.names import read_name
from core.phones import number_of
from tests.factories import AlumFactory, ContactFactory

URL = "/contacts/duplicates/"


@pytest.fixture(autouse=True)
def _logged_in(client, student):
    client.force_login(student)


def reasons(one: str, other: str) -> str | None:
    pairs = find_pairs([Person(1, one), Person(2, other)])
    return pairs[0].reasons[0] if pairs else None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Imani Brooks", "imani  BROOKS", "The same name"),
        ("Imani Brooks", "Brooks, Imani", "The same name"),
        ("Imani Brooks", "Brooks Imani", "The same name, the other way around"),
        ("Seán O’Brien", "Sean O'Brien", "The same name"),
        ("Łukasz Nowak", "Lukasz Nowak", "The same name"),
        ("Dr. Imani Brooks, Ph.D.", "Imani Brooks", "The same name"),
        ("Bob Smith", "Robert Smith", "Bob and Robert can be one name"),
        ("Margaret Lane", "Peggy Lane", "Margaret and Peggy can be one name"),
        ("Robert “Bob” Smith", "Bob Smith", "Robert and Bob can be one name"),
        ("D. Whitcomb", "Dana Whitcomb", "D. may stand for Dana"),
        ("J.R. Smith", "John Smith", "J. may stand for John"),
        ("Dana W.", "Dana Whitcomb", "W. may stand for Whitcomb"),
        ("Dana Witcomb", "Dana Whitcomb", "Spelled almost the same"),
        ("Danielle Ruiz", "Daniele Ruiz", "Spelled almost the same"),
        ("Dana Q. Whitcomb", "Dana Whitcomb", "One of them has a middle name"),
        ("Dana Whitcomb-Lee", "Dana Whitcomb", "One of them has a name more"),
        ("Dana", "Dana Whitcomb", "Only a first name on one of them"),
        ("Hal from the train", "Hal Ito", "Only a first name on one of them"),
        ("Aunt Rosa", "Rosa Diaz", "Only a first name on one of them"),
        ("Professor Kim", "Jane Kim", "Only a family name on one of them"),
        ("Bob", "Robert Smith", "Bob and Robert can be one name"),
        ("Professor Kim", "Kim", "The same name"),
        ("王小明", "王小明", "The same name"),
    ],
)
def test_two_names_that_may_be_one_person(one, other, reason):
    """G8: said in words, and the same whichever comes first."""
    assert reasons(one, other) == reason
    assert sorted(reasons(other, one).split()) == sorted(reason.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Whitcomb", "Dana Morris"),
        ("Dana Whitcomb", "Ellen Whitcomb"),
        ("Maria Lopez", "Mario Lopez"),
        ("Jan Li", "Jon Li"),
        ("John A. Smith", "John B. Smith"),
        ("John Smith Jr.", "John Smith Sr."),
        ("Person 1 Whitcomb", "Person 2 Whitcomb"),
        ("Ana Maria Lopez", "Ana Maria Garcia"),
        ("Professor Kim", "Kim Lee"),
        ("D. Whitcomb", "Ellen Whitcomb"),
        ("Bob Smith", "Robert Jones"),
        ("Dr. With Lee", "Dr. At Lee"),
        ("😀", "😀"),
        (".", "-"),
    ],
)
def test_two_names_of_two_people(one, other):
    assert reasons(one, other) is None


def test_a_shared_address_or_number_speaks_for_one_person():
    people = [
        Person(1, "Mom", phone="+1 (413) 555-0136", email="lin@example.org"),
        Person(2, "Lin Carter", phone="413.555.0136 ext 4"),
        Person(3, "L. C.", email="LIN@example.org"),
        Person(4, "Somebody", phone="911"),
    ]

    found = {(pair.one, pair.other): pair.reasons for pair in find_pairs(people)}

    assert found == {(1, 2): ("The same phone number",), (1, 3): ("The same e-mail",)}


def test_a_number_of_many_is_an_offices():
    people = [Person(n, f"{name} Ruiz", phone="413 555 0100") for n, name in enumerate("ABCDE")]

    assert find_pairs(people) == []
    assert len(find_pairs(people[:2])) == 1


def test_more_reasons_weigh_more_and_come_first():
    people = [
        Person(1, "Dana Whitcomb", employer="Courier"),
        Person(2, "D. Whitcomb", employer="COURIER"),
        Person(3, "Ellen Ray"),
        Person(4, "E. Ray"),
    ]

    found = find_pairs(people)

    assert [(pair.one, pair.other) for pair in found] == [(1, 2), (3, 4)]
    assert found[0].reasons == ("D. may stand for Dana", "Both at Courier")
    assert found[0].score > found[1].score


def test_the_directory_knows_who_are_two():
    one, other = Person(1, "Imani Brooks", alum_id=1), Person(2, "Imani Brooks", alum_id=2)

    assert find_pairs([one, other]) == []
    assert len(find_pairs([one._replace(email="i@b"), other._replace(email="i@b")])) == 1


def test_one_word_that_may_be_anybody_is_no_hint():
    people = [Person(n, f"Dana {family}") for n, family in enumerate(["Whitcomb", "Ruiz", "Ray"])]
    three, four = [*people, Person(8, "Dana")], [*people, Person(7, "Dana Ito"), Person(8, "Dana")]

    assert len(find_pairs(three)) == 3
    assert find_pairs(four) == []


def test_only_those_asked_about():
    people = [Person(1, "Dana"), Person(2, "Dana"), Person(3, "Wen Li"), Person(4, "Li Wen")]

    assert [(pair.one, pair.other) for pair in find_pairs(people, about={4})] == [(3, 4)]
    assert [pair.one for pair in find_pairs(people, apart={(3, 4)})] == [1]


def test_numbers_are_compared_as_they_are_dialed():
    assert number_of("(413) 555-0136") == number_of("+1 413 555 0136") == "4135550136"
    assert number_of("+44 20 7946 0018") == "2079460018"
    assert number_of("12") == number_of("call her mother") == number_of("") == ""


def test_blocks_find_what_holding_each_against_each_finds():
    """Seeded: names of few letters, so that much is alike."""
    chance = random.Random(22)
    given = ["Bob", "Robert", "Rob", "D", "Dana", "Danielle", "Daniele", "Ann", "Aunt Rosa", "Rosa"]
    family = ["", "Whitcomb", "Witcomb", "W", "Ruiz", "Whitcomb-Lee", "Q. Whitcomb", "Ito"]
    for _ in range(30):
        names = [f"{chance.choice(given)} {chance.choice(family)}" for _ in range(12)]
        people = [Person(n, name) for n, name in enumerate(names)]
        found = {(pair.one, pair.other) for pair in find_pairs(people)}
        for one in people:
            for other in people[one.pk + 1 :]:
                likeness = alike(read_name(one.name), read_name(other.name))
                is_sure = likeness is not None and likeness.score > 45
                assert not is_sure or (one.pk, other.pk) in found, (one.name, other.name)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: f"Given{n % 90} Family{n // 4}",
        lambda n: "Dana Whitcomb",
        lambda n: "Dana",
        lambda n: f"Person {n} Whitcomb{n % 40}",
    ],
    ids=["real", "all the same", "all one word", "numbered"],
)
def test_the_work_grows_with_the_list_and_not_with_its_square(make):
    """Two thousand names have two million pairs; a hundredth of them is kept at most."""
    people = [Person(n, make(n), phone=f"41355{n:05}") for n in range(2000)]

    assert len(find_pairs(people)) < 20_000


# The page


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for n in range(count):
        ContactFactory.create_batch(2, student=student, name=f"Dana Whit{chr(97 + n) * 5}")
        one, other = ContactFactory.create_batch(2, student=student, name=f"Lee {chr(97 + n) * 4}")
        NotTheSame.objects.create(one=one, other=other)

    with django_assert_num_queries(6):  # Session, user, names, pairs apart, both of each, apart.
        answer = client.get(URL)

    assert len(answer.context["looks"]) == count
    assert len(answer.context["apart"]) == count


def test_two_people_are_not_shown_again_until_asked_for(client, student):
    one, other = ContactFactory.create_batch(2, student=student, name="Dana Whitcomb")

    client.post(reverse("contacts:not_the_same", args=[other.pk, one.pk]))
    client.post(reverse("contacts:not_the_same", args=[one.pk, other.pk]))
    apart = NotTheSame.objects.get()
    without = client.get(URL).context["looks"]
    client.post(reverse("contacts:maybe_the_same", args=[apart.pk]))

    assert (apart.one, apart.other) == (one, other)
    assert without == []
    assert len(client.get(URL).context["looks"]) == 1


def test_nobody_undoes_what_another_said(client, student, other_student):
    one, other = ContactFactory.create_batch(2, student=other_student)
    apart = NotTheSame.objects.create(one=one, other=other)
    mine = ContactFactory(student=student)

    for name, args in [
        ("maybe_the_same", [apart.pk]),
        ("not_the_same", [mine.pk, one.pk]),
        ("not_the_same", [one.pk, mine.pk]),
        ("not_the_same", [mine.pk, mine.pk]),
    ]:
        assert client.post(reverse(f"contacts:{name}", args=args)).status_code == 404
    assert list(NotTheSame.objects.all()) == [apart]


def test_the_page_of_others_is_not_for_advisors(client, advisor):
    client.force_login(advisor)

    assert client.get(URL).status_code == 403


def test_an_empty_page_leads_on(client):
    page = client.get(URL).content.decode()

    assert "Nobody is on your list twice" in page
    assert reverse("contacts:brainstorm") in page


def test_the_list_says_how_many_look_alike(client, student):
    ContactFactory.create_batch(2, student=student, name="Dana Whitcomb")

    assert "1 pair of names looks alike" in client.get("/contacts/").content.decode()
    assert "looks alike" not in client.get("/contacts/?q=dana").content.decode()


@pytest.mark.parametrize("page", ["quick_add", "create"])
def test_a_new_contact_that_looks_like_one_is_saved_and_it_is_said(client, student, page):
    """G8: a word afterwards, never a hurdle."""
    old = ContactFactory(student=student, name="Robert <i>Smith")
    url = reverse(f"contacts:{page}")
    said = {"names": "Bob Smith", "name": "Bob Smith", "name_permission": "NOT_ASKED"}

    answer = client.post(url, said, follow=True)

    new = student.contacts.get(name="Bob Smith")
    words = answer.content.decode()
    assert "Bob Smith looks like Robert &lt;i&gt;Smith." in words
    assert reverse("contacts:merge", args=[old.pk, new.pk]) in words


def test_one_alum_is_on_one_list_once(client, student):
    """People of the directory need no guess: a second click finds the first."""
    alum = AlumFactory()

    for _ in range(2):
        client.post(reverse("contacts:from_alum", args=[alum.pk]))

    assert student.contacts.count() == 1
