"""Who may stand in the directory twice: how likely, why, and found among many."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from alumni import actions, finding_sql, tasks
from alumni.duplicates import Person, compare
from alumni.models import Alum, DuplicatePair, Import
from tests.alumni.test_import_actions import run
from tests.factories import AlumFactory

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def person(name: str, year: int | None = 1998, **values) -> Person:
    return Person(0, name, year, **values)


def alum(name: str, **values) -> Alum:
    given, _, family = name.rpartition(" ")
    return AlumFactory(name=name, given_name=given, family_name=family, **values)


def found() -> set[tuple[str, str]]:
    pairs = DuplicatePair.objects.open().with_people()
    return {(pair.one.name, pair.other.name) for pair in pairs}


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        (person("Bob Smith"), person("Robert Smith"), True),
        (person("Bob Smith"), person("Robert Smith", 1999, employer="NEPM"), False),
        (person("Ana Ruiz"), person("Ana Ruiz"), True),
        (person("Ana Ruiz"), person("Ana Ruiz", 1999), True),
        (person("Ana Ruiz"), person("Ana Ruiz", 2000), False),
        (person("Ana Ruiz"), person("Ana Ruiz", None), False),
        (person("Ana Ruiz", employer="NEPM"), person("Ana Ruiz", None, employer="nepm"), True),
        (person("A. Ruiz"), person("Ana Ruiz"), False),
        (person("A. Ruiz", employer="NEPM"), person("Ana Ruiz", employer="NEPM"), True),
        (person("Rosa Delgado"), person("Rosa Delgato"), True),
        (person("Ana Ruiz", external_id="1"), person("Ana Ruiz", external_id="2"), False),
        (
            person("Ana Ruiz", phone="+14135550136"),
            person("Ana Webb", phone="(413) 555-0136"),
            True,
        ),
        (
            person("Ana Ruiz", phone="+14135550136"),
            person("Tom Ruiz", phone="+14135550136"),
            False,
        ),
        (
            person("Hal Webb Jr.", phone="+14135550136"),
            person("Hal Webb Sr.", phone="+14135550136"),
            False,
        ),
        (person("Ana Ruiz", email="info@a.org"), person("Ana Webb", email="info@b.org"), False),
        (
            person("Ana Ruiz", email="anaruiz@a.org"),
            person("Ana Webb", email="ANARUIZ@b.org"),
            True,
        ),
    ],
    ids=[
        "short form", "short form, a year apart", "same name and class", "next class",
        "two classes apart", "name alone", "name and work", "initial", "initial and work", "slip",
        "two numbers of the office", "married", "husband", "father and son", "everybody's mailbox",
        "own mailbox",
    ],
)  # fmt: skip
def test_compare_wants_more_than_a_name(one, other, is_found):
    there, back = compare(one, other), compare(other, one)

    assert (there is not None, back is not None) == (is_found, is_found)
    assert not is_found or there.score == back.score


def test_compare_says_why_in_words():
    one = person("Bob Smith", phone="413 555 0136", employer="NEPM")
    other = person("Robert Smith", phone="+14135550136", employer="NEPM")

    assert compare(one, other).reasons == (
        "Bob and Robert can be one name",
        "The same phone number",
        "Both of the class of 1998",
        "Both at NEPM",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Bob Smith"}, {"name": "Robert Smith"}),
        ({"name": "Zoë Müller"}, {"name": "Zoe Muller"}),
        ({"name": "Mary O’Neil"}, {"name": "Mary ONeil", "class_year": 2012}),
        ({"name": "Rosa Delgado"}, {"name": "Rosa Delgato"}),
        ({"name": "Micheal Brandt", "employer": "N"}, {"name": "Michael Brandt", "employer": "N"}),
        ({"name": "A. Ruiz", "employer": "N"}, {"name": "Ana Ruiz", "employer": "N"}),
        (
            {"name": "Ana Ruiz", "class_year": None, "employer": "N"},
            {"name": "Ana Ruiz", "employer": "N"},
        ),
        (
            {"name": "Ana Ruiz", "phone": "+14135550136"},
            {"name": "Ana Webb", "phone": "(413) 555-0136"},
        ),
        (
            {"name": "Ana Ruiz", "email": "anaruiz@a.org"},
            {"name": "Ana Webb", "email": "anaruiz@b.org"},
        ),
        (
            {"name": "Ana Ruiz", "class_year": None, "employer": "N.E.P.M."},
            {"name": "Ruiz Ana", "class_year": None, "employer": "n.e.p.m."},
        ),
    ],
    ids=["short form", "accents", "next class", "slip in the family name", "slip in the first name",
         "initial", "no class year", "phone", "mailbox", "employer"],
)  # fmt: skip
def test_every_key_leads_to_its_pair(one, other):
    first, second = alum(**one), alum(**other)
    alum("Somebody Else")

    actions.find_duplicates(at=AT)

    (pair,) = DuplicatePair.objects.all()
    assert (pair.one_id, pair.other_id) == (first.pk, second.pk)


@pytest.mark.parametrize(("part", "other_part"), [("family", "given"), ("given", "family")])
def test_slips_are_not_each_held_against_each_person(part, other_part):
    """Which PostgreSQL would do in a loop only: minutes for a hundred thousand people."""
    actions.find_duplicates(at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("EXPLAIN " + finding_sql.SLIPS.format(part=part, other_part=other_part))
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Join" in plan
    assert "Nested Loop" not in plan


def test_a_number_of_many_says_nothing():
    for name in ("Ana Ruiz", "Ana Webb", "Ana Park", "Ana Cole", "Ana Lund"):
        alum(name, phone="+14135550136")

    assert actions.find_duplicates(at=AT) == 0


@pytest.mark.parametrize(("others", "is_found"), [(38, True), (39, False)])
def test_of_a_common_name_those_at_one_employer_are_found_while_they_are_few(others, is_found):
    """A name that more than forty have leads to nobody. With an employer it has its own key."""
    for year in range(1900, 1941):
        alum("Bob Smith", class_year=year)
    alum("Robert Smith", class_year=None, employer="NEPM", city="Amherst")
    alum("Bob Smith", class_year=None, employer="nepm", city="Amherst")
    for _ in range(others):
        # The same key, and nobody whom one would take for one of the two.
        alum("Bob Smith", class_year=1800, employer="N. E. P. M.")

    actions.find_duplicates(at=AT)

    assert (("Robert Smith", "Bob Smith") in found()) is is_found


def test_a_person_has_five_pairs_at_most():
    for n in range(12):
        alum("Ana Ruiz", email=f"a{n}@example.org")

    actions.find_duplicates(at=AT)

    firsts = [pair.one_id for pair in DuplicatePair.objects.all()]
    assert max(firsts.count(pk) for pk in firsts) == 5


def test_finding_again_forgets_what_is_no_more_so():
    one, _ = alum("Ana Ruiz"), alum("Ana Ruiz")
    alum("Bob Smith"), alum("Robert Smith")
    actions.find_duplicates(at=AT)
    one.class_year = 1970
    one.save()

    actions.find_duplicates(at=LATER)

    assert found() == {("Bob Smith", "Robert Smith")}


def test_two_people_are_not_found_again(staff):
    alum("Ana Ruiz"), alum("Ana Ruiz")
    actions.find_duplicates(at=AT)
    pair = DuplicatePair.objects.get()

    actions.say_two_people(pair, by=staff, at=AT)
    actions.find_duplicates(at=LATER)

    assert found() == set()
    pair.refresh_from_db()
    assert (pair.apart_by, pair.apart_at) == (staff, AT)

    actions.say_maybe_one(pair)
    assert found() == {("Ana Ruiz", "Ana Ruiz")}


# After an import

LIST = "First,Last,Class,Mail\nRobert,Smith,2011,rs@b.org\nWen,Li,2012,wl@b.org\n"


def test_import_is_compared_with_the_directory_once():
    alum("Bob Smith")
    alum("Ana Ruiz"), alum("Ana Ruiz")
    done = run(LIST)

    assert actions.imports_to_compare() == [done.pk]
    assert actions.compare_import(done.pk, at=AT) == 1
    assert actions.compare_import(done.pk, at=AT) == 0

    assert found() == {("Bob Smith", "Robert Smith")}
    assert DuplicatePair.objects.newcomers(done) == 1
    assert actions.imports_to_compare() == []


def test_pair_of_an_import_stays_its_own_after_all_were_looked_through():
    alum("Bob Smith")
    done = run(LIST)
    actions.compare_import(done.pk, at=AT)

    actions.find_duplicates(at=LATER)

    assert DuplicatePair.objects.newcomers(done) == 1


def test_undoing_an_import_takes_its_pairs_along():
    """A pair is nothing that keeps a newcomer in the directory."""
    alum("Bob Smith")
    done = run(LIST)
    actions.compare_import(done.pk, at=AT)

    actions.undo_import(done, at=LATER)

    assert not DuplicatePair.objects.exists()
    assert [one.name for one in Alum.objects.all()] == ["Bob Smith"]


def test_the_task_of_an_import_rings_for_the_comparison(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.compare_import, "delay", rung.append)
    done = run(LIST)

    tasks.run_import(str(done.pk))
    tasks.resume_imports()

    assert rung == [str(done.pk), str(done.pk)]
    assert Import.objects.get().state == Import.State.DONE


def test_command_looks_through_everybody(capsys):
    alum("Ana Ruiz"), alum("Ana Ruiz")

    call_command("find_duplicates")

    assert capsys.readouterr().out == "1 pair found.\n"
