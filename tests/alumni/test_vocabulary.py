"""The office's words: what is kept, what changes in the directory, and who may."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from alumni import actions, vocabulary
from alumni.importing.mapping import Mapping
from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import read_table
from alumni.models import Alum, Consent, Kind, ListSource, Term, UnknownWord
from alumni.searching.search import Wish, search
from tests.factories import AlumFactory, TermFactory, UnknownWordFactory

first = import_module("alumni.migrations.0009_first_words")

NOW = timezone.now()
LIST = reverse("alumni:vocabulary")


@pytest.fixture(autouse=True)
def _first_words():
    first.add_first_words(apps, None)


def test_first_words_are_taken_back_but_for_what_the_office_changed():
    economics = Term.objects.get(name="Economics")
    economics.spellings = [*economics.spellings, "Oeconomics"]
    economics.save()
    own = TermFactory(name="Falconry")

    first.remove_first_words(apps, None)

    assert set(Term.objects.all()) == {economics, own}


def test_office_begins_with_words_of_its_own_that_contradict_nowhere():
    terms = Term.objects.filter(kind=Kind.MAJOR)
    assert terms.count() >= 60
    assert Term.objects.filter(kind=Kind.FIELD).count() >= 30
    for term in Term.objects.all():
        actions.keep_term(term, at=NOW)  # SpellingTaken where two have one spelling.


def test_dictionary_folds_every_spelling_to_its_term():
    TermFactory(kind=Kind.EMPLOYER, name="IBM", spellings=["International Business Machines"])
    words = vocabulary.as_dict()

    assert words["employer"] == {"ibm": "IBM", "international business machines": "IBM"}
    assert words["majors"]["econ"] == "Economics"


def test_new_spelling_changes_the_records_that_have_it_and_keeps_each_word_once():
    both = AlumFactory(majors=["Hawking", "Physics", "Falconry"])
    other = AlumFactory(majors=["Physics"])
    term = Term(kind=Kind.MAJOR, name="Falconry", spellings=["Hawking"])

    assert actions.keep_term(term, at=NOW) == 1
    both.refresh_from_db()
    assert (both.majors, both.updated_at) == (["Falconry", "Physics"], NOW)
    other.refresh_from_db()
    assert other.majors == ["Physics"]
    term.refresh_from_db()
    assert term.used_by == 1


def test_renamed_term_keeps_its_old_name_as_a_spelling():
    term = TermFactory(name="Falconry")
    alum = AlumFactory(majors=["Falconry"])
    term.name = "Birds of Prey"
    actions.keep_term(term, at=NOW)

    alum.refresh_from_db()
    assert (alum.majors, term.spellings) == (["Birds of Prey"], ["Falconry"])


def test_spelling_of_another_term_is_refused_by_name():
    TermFactory(name="Falconry", spellings=["Hawking"])
    with pytest.raises(actions.SpellingTaken, match="“HAWKING” belongs to “Falconry” already"):
        actions.keep_term(Term(kind=Kind.MAJOR, name="Birds", spellings=["HAWKING"]), at=NOW)


def test_merged_term_lives_on_as_a_spelling():
    kept = TermFactory(kind=Kind.EMPLOYER, name="IBM")
    gone = TermFactory(kind=Kind.EMPLOYER, name="Big Blue", spellings=["Blue"])
    alum = AlumFactory(employer="Big Blue")

    assert actions.merge_terms(kept, gone, at=NOW) == 1
    alum.refresh_from_db()
    assert alum.employer == "IBM"
    assert Term.objects.filter(kind=Kind.EMPLOYER).get().spellings == ["Big Blue", "Blue"]


def test_words_of_two_kinds_are_not_merged():
    with pytest.raises(actions.NotOneKind):
        actions.merge_terms(TermFactory(), TermFactory(kind=Kind.EMPLOYER), at=NOW)


def test_removed_term_leaves_the_records_as_they_are():
    alum = AlumFactory(majors=["Falconry"])
    actions.remove_term(TermFactory(name="Falconry"))

    alum.refresh_from_db()
    assert alum.majors == ["Falconry"]


def test_unknown_words_add_up_over_imports():
    for _ in range(2):
        vocabulary.note_unknown({("majors", "Hawking"): 3, ("majors", "Owls"): 1}, at=NOW)

    assert dict(UnknownWord.objects.values_list("word", "count")) == {"Hawking": 6, "Owls": 2}


def test_unknown_word_goes_once_it_is_known_in_all_its_spellings():
    unknown = UnknownWordFactory(word="Hawking")
    UnknownWordFactory(word="HAWKING")
    known = TermFactory(name="Falconry")
    actions.take_as_spelling(unknown, of=known, at=NOW)

    assert not UnknownWord.objects.exists()
    assert known.spellings == ["Hawking"]


def table_of(heading: str):
    return read_table(f"{heading}\nAnn Lee,2004,Hadley\n".encode(), file_name="list.csv")


def test_mapping_is_recalled_for_the_same_headings_in_any_order_without_the_consent():
    table = table_of("Name,Year,Town")
    chosen = Mapping({0: "full_name", 1: "class_year"}, header_row=1, consent=Consent.YES)
    vocabulary.remember(chosen, table, at=NOW)
    again = table_of("Year,Name,Town")

    recalled = vocabulary.recall(again, propose_mapping(again))
    assert recalled == Mapping({1: "full_name", 0: "class_year"}, header_row=1)
    assert vocabulary.recall(table_of("Name,Year,City"), Mapping()) is None


def test_list_without_headings_is_not_remembered():
    table = read_table(b"Ann Lee,ann@x.edu\n", file_name="list.csv", header_row=0)
    vocabulary.remember(Mapping({0: "full_name"}), table, at=NOW)

    assert not ListSource.objects.exists()


def test_staff_sees_words_with_the_number_of_people(client, staff):
    TermFactory(kind=Kind.EMPLOYER, name="IBM", spellings=["Big Blue"], used_by=1)
    client.force_login(staff)

    page = client.get(LIST, {"kind": "employer"}).content.decode()
    assert "used by 1 alumnus" in page
    assert "also Big Blue" in page


@pytest.mark.parametrize("kind", ["", "nonsense", "majors\x00"])
def test_odd_kind_shows_the_majors(client, staff, kind):
    client.force_login(staff)

    assert "Accounting" in client.get(LIST, {"kind": kind, "q": "account"}).content.decode()


@pytest.mark.parametrize("who", ["student", "advisor"])
def test_vocabulary_is_for_staff(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_questions(client, staff, django_assert_num_queries, count):
    TermFactory.create_batch(count, kind=Kind.EMPLOYER)
    UnknownWordFactory.create_batch(count, kind=Kind.EMPLOYER)
    client.force_login(staff)

    with django_assert_num_queries(7):
        client.get(LIST, {"kind": "employer"})


def test_word_is_added_with_its_spellings(client, staff):
    client.force_login(staff)
    said = {"kind": "majors", "name": " Falconry ", "spellings": "Hawking\n\n Birds  of prey\n"}

    assert client.post(reverse("alumni:term_add"), said).status_code == 302
    term = Term.objects.get(name="Falconry")
    assert term.spellings == ["Hawking", "Birds of prey"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"name": ""}, "Write the word."),
     ({"name": "economics"}, "already"),
     ({"name": "Owls", "spellings": "Econ"}, "belongs to “Economics” already"),
     ({"name": "x" * 201}, "at most 200"),
     ({"name": "Owls", "spellings": "y" * 201}, "longer than 200 letters"),
     ({"name": "Owls\x00"}, "Null characters"),
     ({"name": "Owls", "kind": "dinners"}, "Choose one of these.")],
)  # fmt: skip
def test_wrong_word_comes_back_with_what_was_typed(client, staff, said, sentence):
    client.force_login(staff)

    response = client.post(reverse("alumni:term_add"), {"kind": "majors", **said})
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "<title>Error: " in page.replace("\n", "")


def test_word_of_a_list_becomes_a_spelling_by_one_click(client, staff):
    client.force_login(staff)
    alum, unknown = AlumFactory(majors=["Econo"]), UnknownWordFactory(word="Econo")
    client.post(
        reverse("alumni:unknown_word", args=[unknown.pk]), {"same": "1", "term": "economics"}
    )

    alum.refresh_from_db()
    assert alum.majors == ["Economics"]
    assert "Econo" in Term.objects.get(name="Economics").spellings


@pytest.mark.parametrize("said", ["", "Nonsense", "\x00"])
def test_word_that_means_nothing_we_know_stays(client, staff, said):
    client.force_login(staff)
    unknown = UnknownWordFactory()
    client.post(reverse("alumni:unknown_word", args=[unknown.pk]), {"same": "1", "term": said})

    assert UnknownWord.objects.filter(pk=unknown.pk).exists()


def test_word_of_a_list_is_added_or_left_alone(client, staff):
    client.force_login(staff)
    added, left = UnknownWordFactory(word="Falconry"), UnknownWordFactory(word="asdf")
    client.post(reverse("alumni:unknown_word", args=[added.pk]), {"add": "1"})
    client.post(reverse("alumni:unknown_word", args=[left.pk]), {"dismiss": "1"})

    assert Term.objects.filter(name="Falconry").exists()
    assert "asdf" not in client.get(LIST).content.decode().replace("“asdf”", "")


def test_two_words_are_merged_on_their_page(client, staff):
    client.force_login(staff)
    gone, kept = TermFactory(name="Hawking"), TermFactory(name="Falconry")
    address = reverse("alumni:term_merge", args=[gone.pk])

    assert client.post(address, {"term": gone.pk}).status_code == 422
    assert client.post(address, {"term": kept.pk}).status_code == 302
    assert not Term.objects.filter(pk=gone.pk).exists()


def test_employers_of_everybody_are_counted(client):
    AlumFactory.create_batch(2, employer="IBM", majors=["Physics"])
    term = TermFactory(kind=Kind.EMPLOYER, name="IBM")
    vocabulary.count_uses()

    term.refresh_from_db()
    assert term.used_by == Alum.objects.filter(employer="IBM").count()
    assert Term.objects.get(name="Physics").used_by == 2


def test_import_and_undo_count_who_has_a_word(staff):
    def used_by() -> int:
        return Term.objects.get(name="Economics").used_by

    listed = actions.upload_list(
        by=staff, file_name="a.csv", content=b"Name,Major\nAnn Lee,Econ\nBen Ray,Film\n", at=NOW
    )
    actions.set_mapping(listed, mapping=Mapping.from_json(listed.mapping))
    actions.check_import(listed.pk, at=NOW)
    actions.run_import(listed.pk, at=NOW)
    assert used_by() == 1

    actions.undo_import(listed, at=NOW)
    assert used_by() == 0


def test_form_for_a_new_word_begins_empty(client, staff):
    client.force_login(staff)

    assert client.get(reverse("alumni:term_add")).context["form"].initial["spellings"] == ""


def test_new_word_of_many_is_found_through_a_slip(student):
    alum = AlumFactory(majors=["Hawking"])
    actions.keep_term(Term(kind=Kind.MAJOR, name="Ornithology", spellings=["Hawking"]), at=NOW)

    assert [found.pk for found in search(student, Wish(words="ornitology")).people] == [alum.pk]
