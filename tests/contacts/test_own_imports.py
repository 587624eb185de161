"""A file of one's own people: chosen from, added once, undone as a whole (G42, G44)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contacts.actions import own_imports as actions
from contacts.actions.own_imports import Choice
from contacts.models import Contact, ContactImport
from tests.factories import ContactFactory, InteractionFactory, InterviewFactory, LetterFactory

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
HEAD = "Name,Company,Job title,E-mail,Phone\n"


def bring(student, rows: str, name: str = "people.csv") -> ContactImport:
    return actions.read_own_people(student, file_name=name, content=rows.encode(), at=AT)


def add(student, rows: str) -> ContactImport:
    of_file = bring(student, rows)
    actions.add_chosen(of_file, at=AT)
    return of_file


def standings(of_file: ContactImport) -> list[str]:
    return list(of_file.entries.values_list("standing", flat=True))


def remarks(of_file: ContactImport, number: int) -> list[str]:
    return of_file.entries.get(number=number).remarks


def everything(student) -> list[dict]:
    names = [f.attname for f in Contact._meta.concrete_fields if f.name != "updated_at"]
    return list(Contact.objects.of(student).order_by("id").values(*names))


def test_reading_adds_nobody(student):
    of_file = bring(student, HEAD + "Ann Lee,Acme,Nurse,ann@example.org,555-0100\n")

    assert standings(of_file) == ["NEW"]
    assert not student.contacts.exists()


def test_adding_fills_every_field(student):
    add(student, HEAD + "Ann Lee,Acme,Nurse,ann@example.org,555-0100\n")

    ann = student.contacts.get()
    assert (ann.name, ann.employer, ann.job_title) == ("Ann Lee", "Acme", "Nurse")
    assert (ann.email, ann.phone, ann.source) == ("ann@example.org", "555-0100", "")


def test_linkedin_says_that_the_name_was_found_online(student):
    add(student, "First Name,Last Name,URL,Company,Position,Connected On\nAnn,Lee,,,,12 Mar 2024\n")

    ann = student.contacts.get()
    assert ann.source == Contact.Source.ONLINE
    assert ann.other_details == "Connected on LinkedIn 12 Mar 2024"


def test_the_four_standings_add_up_to_the_file(student):
    ContactFactory(student=student, name="Ann Lee", email="ann@example.org")
    ContactFactory(student=student, name="Bo Kim", email="bo@example.org")

    of_file = bring(
        student,
        HEAD + "Ann Lee,,,ANN@example.org,\n"  # there already
        "Bo Kim,Acme,,bo@example.org,\n"  # adds the company
        "Cy Poe,,,,\n"  # new
        ",,,,555-0100\n",  # nobody
    )

    assert standings(of_file) == ["SAME", "CHANGED", "NEW", "LEFT_OUT"]
    tallies = of_file.entries.tallies()
    assert [tallies[name] for name in ("new", "changed", "same", "left_out")] == [1, 1, 1, 1]
    assert tallies["chosen"] == 2
    assert remarks(of_file, 3) == ["Adds company to Bo Kim."]


SAME_PERSON = {
    "e-mail, other capitals": ("Ann Lee,,,Ann@Example.ORG,", {"email": "ann@example.org"}),
    "short form of the name": ("Bob Lee,,,lee@example.org,",
                               {"name": "Robert Lee", "email": "lee@example.org"}),
    "first name alone": ("Ann Lee,,,ann@example.org,", {"name": "Ann", "email": "ann@example.org"}),
    "name": ("Ann Lee,Acme,,,", {}),
    "name, the other way around": ('"Lee, Ann",Acme,,,', {}),
    "title and accents": ("Dr. Änn Lee,,,,555-0100", {}),
    "employer, another e-mail": ("Ann Lee,Acme Inc.,,new@example.org,",
                                 {"employer": "ACME", "email": "old@example.org"}),
    "phone, another employer": ("Ann Lee,Acme,,,(603) 555-0100",
                                {"employer": "Globex", "phone": "+1 603-555-0100"}),
}  # fmt: skip
ANOTHER = {
    "other employer": ("Ann Lee,Acme,,,", {"employer": "Globex"}),
    "other e-mail": ("Ann Lee,,,a@example.org,", {"email": "b@example.org"}),
    "shared e-mail": ("Bo Lee,,,lee@example.org,", {"email": "lee@example.org"}),
    "first name in common": ("Ann Poe,,,,", {}),
    "one word": ("Ann from church,,,,", {"name": "Ann from the gym"}),
    "generation": ("Ann Lee Jr.,,,,", {"name": "Ann Lee Sr."}),
}


@pytest.mark.parametrize("case", SAME_PERSON)
def test_one_person_is_found(student, case):
    row, known = SAME_PERSON[case]
    ContactFactory(student=student, **{"name": "Ann Lee", **known})

    assert standings(bring(student, f"{HEAD}{row}\n"))[0] in ("SAME", "CHANGED")


@pytest.mark.parametrize("case", ANOTHER)
def test_two_people_are_told_apart(student, case):
    row, known = ANOTHER[case]
    ContactFactory(student=student, **{"name": "Ann Lee", **known})

    assert standings(bring(student, f"{HEAD}{row}\n")) == ["NEW"]


def test_another_of_the_same_name_is_pointed_out(student):
    ContactFactory(student=student, name="Ann Lee", employer="Globex")

    of_file = bring(student, HEAD + "Ann Lee,Acme,,,\n")

    assert remarks(of_file, 2) == [
        "There is another Ann Lee at Globex. Merge them if they are one person."
    ]


def test_nobody_elses_contacts_are_looked_at(student, other_student):
    ContactFactory(student=other_student, name="Ann Lee", email="ann@example.org")

    assert standings(bring(student, HEAD + "Ann Lee,,,ann@example.org,\n")) == ["NEW"]


def test_a_blank_erases_nothing_and_what_is_filled_stays(student):
    """What differs goes to the details, with its label."""
    ann = ContactFactory(
        student=student, name="Ann Lee", email="ann@example.org", phone="555-0100",
        job_title="Nurse", other_details="Likes chess", why="Knows Dover.",
    )  # fmt: skip

    add(student, HEAD + "Ann M. Lee,Acme,Head nurse,ann@example.org,555-0199\n,,,,\n")

    ann.refresh_from_db()
    assert (ann.name, ann.job_title, ann.phone) == ("Ann Lee", "Nurse", "555-0100")
    assert (ann.employer, ann.why) == ("Acme", "Knows Dover.")
    assert ann.other_details == (
        "Likes chess\nJob title: Head nurse\nPhone: 555-0199\nName: Ann M. Lee"
    )


def test_one_phone_written_in_two_ways_is_no_news(student):
    ContactFactory(student=student, name="Ann Lee", phone="+1 (603) 555-0100", employer="Acme Inc.")

    assert standings(bring(student, HEAD + "Ann Lee,ACME,,,603.555.0100\n")) == ["SAME"]


ROWS = HEAD + (
    "Ann Lee,Acme,Nurse,ann@example.org,555-0100\n"
    "Ann Lee,Acme,Head nurse,lee@example.org,\n"
    "Ann Lee,,,,\n"
    "John Smith,Stripe,,,\n"
    "John Smith,Figma,,,\n"
    "John Smith,,,,\n"
    "Tom Jones,,,jones@example.org,\n"
    "Mary Jones,,,jones@example.org,\n"
    ",Acme,,,\n"
    ",,,,555-0100\n"
)


def test_the_same_file_again_changes_nothing(student):
    add(student, ROWS)
    before = everything(student)

    again = bring(student, ROWS)

    assert set(standings(again)) == {"SAME", "LEFT_OUT"}
    with pytest.raises(actions.NobodyChosen):
        actions.add_chosen(again, at=AT)
    assert everything(student) == before


def test_twice_in_one_file_is_one_contact_with_all_that_both_say(student):
    of_file = add(student, ROWS)

    ann = student.contacts.get(name="Ann Lee")
    assert ann.email == "ann@example.org"
    assert ann.other_details == "Job title: Head nurse\nE-mail: lee@example.org"
    assert standings(of_file) == [
        "NEW", "CHANGED", "SAME", "NEW", "NEW", "SAME", "NEW", "NEW", "NEW", "LEFT_OUT",
    ]  # fmt: skip
    assert remarks(of_file, 3)[0] == "The same person as number 2 of this file."


def test_the_second_one_alone_becomes_a_contact_of_its_own(student):
    of_file = bring(student, ROWS)
    actions.choose(of_file, choice=Choice(shown=list(range(2, 12)), ticked=[3]))
    actions.add_chosen(of_file, at=AT)

    ann = student.contacts.get()
    assert (ann.job_title, ann.email) == ("Head nurse", "lee@example.org")
    assert of_file.entries.get(number=3).standing == "NEW"


def test_adding_sees_what_came_onto_the_list_since_reading(student):
    of_file = bring(student, HEAD + "Ann Lee,Acme,,ann@example.org,\n")
    ann = ContactFactory(student=student, name="Ann Lee", email="ann@example.org", employer="Acme")

    actions.add_chosen(of_file, at=AT)

    assert student.contacts.get() == ann
    assert standings(of_file) == ["SAME"]


def test_of_a_short_file_all_are_chosen_and_of_a_long_one_nobody(student):
    short = bring(student, HEAD + "".join(f"Person {n},,,p{n}@example.org,\n" for n in range(50)))
    long = bring(student, HEAD + "".join(f"Person {n},,,p{n}@example.org,\n" for n in range(51)))

    assert short.entries.tallies()["chosen"] == 50
    assert long.entries.tallies()["chosen"] == 0


def test_ticks_of_one_page_leave_the_others_alone(student):
    of_file = bring(student, ROWS)

    actions.choose(of_file, choice=Choice(shown=[2, 5], ticked=[5, 6, 11]))

    chosen = of_file.entries.filter(is_chosen=True).values_list("number", flat=True)
    assert list(chosen) == [3, 5, 6, 8, 9, 10]


def test_choosing_all_who_were_found(student):
    of_file = bring(student, ROWS)
    actions.choose_all(of_file, words="", standing="", is_chosen=False)

    assert actions.choose_all(of_file, words="smith stripe", standing="", is_chosen=True) == 1
    assert actions.choose_all(of_file, words="", standing="CHANGED", is_chosen=True) == 1
    assert of_file.entries.tallies()["chosen"] == 2


def test_more_can_be_added_later_and_none_twice(student):
    of_file = bring(student, ROWS)
    actions.choose(of_file, choice=Choice(shown=list(range(12)), ticked=[5]))
    actions.add_chosen(of_file, at=AT)
    with pytest.raises(actions.NobodyChosen):
        actions.add_chosen(of_file, at=AT)

    actions.choose(of_file, choice=Choice(shown=list(range(12)), ticked=[5, 6]))
    actions.add_chosen(of_file, at=AT)

    assert student.contacts.filter(name="John Smith").count() == 2
    assert of_file.entries.tallies()["added_new"] == 2


def test_undoing_puts_everything_back(student):
    ContactFactory(student=student, name="Ann Lee", phone="555-0177", other_details="Chess")
    ContactFactory(student=student, name="John Smith", employer="Stripe")
    before = everything(student)
    of_file = add(student, ROWS)
    assert everything(student) != before

    stay = actions.undo_own_people(of_file, at=AT)

    assert stay == []
    assert everything(student) == before


USES = {
    "log entry": lambda contact: InteractionFactory(contact=contact),
    "talk": lambda contact: InterviewFactory(contact=contact),
    "letter": lambda contact: LetterFactory(contact=contact),
    "referral": lambda contact: ContactFactory(student=contact.student, referred_by=contact),
    "edit": lambda contact: Contact.objects.filter(pk=contact.pk).update(phone="555-0123"),
    "word of their own": lambda contact: Contact.objects.filter(pk=contact.pk).update(why="Dover"),
}


@pytest.mark.parametrize("use", USES)
def test_undoing_keeps_whom_the_student_has_to_do_with(student, use):
    of_file = add(student, HEAD + "Ann Lee,Acme,,ann@example.org,\nBo Kim,,,,\n")
    ann = student.contacts.get(name="Ann Lee")
    USES[use](ann)

    stay = actions.undo_own_people(of_file, at=AT)

    assert stay == [ann]
    assert not student.contacts.filter(name="Bo Kim").exists()
    assert [entry.contact for entry in of_file.entries.still_here()] == [ann]


def test_undoing_takes_back_only_what_the_file_wrote(student):
    ann = ContactFactory(student=student, name="Ann Lee", email="ann@example.org")
    of_file = add(student, HEAD + "Ann Lee,Acme,Nurse,ann@example.org,\n")
    ann.refresh_from_db()
    ann.job_title, ann.other_details = "Head nurse", "Likes chess"
    ann.save()

    actions.undo_own_people(of_file, at=AT)

    ann.refresh_from_db()
    assert (ann.employer, ann.job_title, ann.other_details) == ("", "Head nurse", "Likes chess")


def test_undoing_leaves_what_was_written_around_its_details(student):
    ann = ContactFactory(student=student, name="Ann Lee", phone="555-0100", other_details="Chess")
    of_file = add(student, HEAD + "Ann Lee,,,,555-0111\n")
    ann.refresh_from_db()
    ann.other_details += "\nAsk about Dover"
    ann.save()

    actions.undo_own_people(of_file, at=AT)

    ann.refresh_from_db()
    assert ann.other_details == "Chess\nAsk about Dover"


def test_undone_once_it_is_closed(student):
    of_file = add(student, ROWS)
    actions.undo_own_people(of_file, at=AT)

    with pytest.raises(actions.NothingToUndo):
        actions.undo_own_people(of_file, at=AT)
    with pytest.raises(actions.Undone):
        actions.add_chosen(of_file, at=AT)
    with pytest.raises(actions.NothingToUndo):
        actions.undo_own_people(bring(student, ROWS), at=AT)


def test_full_details_take_no_half_of_a_line_and_say_so(student):
    ContactFactory(student=student, name="Ann Lee", phone="555-0100", other_details="x" * 4990)

    of_file = bring(student, HEAD + "Ann Lee,,,,555-0111\n")

    assert standings(of_file) == ["SAME"]
    assert remarks(of_file, 2) == ["“More about them” is full: one detail was left out."]


def test_details_with_the_line_ends_of_a_browser_are_known_again(student):
    ann = ContactFactory(student=student, name="Ann Lee", phone="555-0100")
    add(student, HEAD + "Ann Lee,,,,555-0111\n")
    ann.refresh_from_db()
    ann.other_details = f"Chess\r\n{ann.other_details}\r\nDover"
    ann.save()

    assert standings(bring(student, HEAD + "Ann Lee,,,,555-0111\n")) == ["SAME"]


def test_whoever_deleted_a_contact_since_can_undo_the_rest(student):
    of_file = add(student, ROWS)
    student.contacts.filter(name="Ann Lee").delete()

    assert actions.undo_own_people(of_file, at=AT) == []
    assert not student.contacts.exists()


def test_a_day_in_the_log_is_never_made_up(student):
    """G10: “Connected on LinkedIn” is no exchange."""
    add(student, "First Name,Last Name,URL,Company,Position,Connected On\nAnn,Lee,,,,12 Mar 2024\n")

    assert not student.contacts.get().interactions.exists()
