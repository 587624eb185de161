"""G1, G43, G44: what a student takes along, and that it can be read again."""

import csv
import io
import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from contacts.importing.entries import make_entry
from contacts.importing.kinds import read_file
from contacts.importing.plan import people_of, plan_entries
from contacts.models import Contact
from core.spreadsheets import harmless
from records.exports import spreadsheet, vcards
from records.exports.letters import file_name, text_of
from records.exports.take_away import take_away_of
from records.exports.zipping import Member, zipped
from tests.factories import (
    ContactFactory,
    InteractionFactory,
    InterviewFactory,
    LetterFactory,
    ResumeFactory,
    StudentProfileFactory,
)
from tests.records.conftest import whole_record

CSV = "/record/contacts.csv"
VCF = "/record/contacts.vcf"
ZIP = "/record/take-away.zip"
AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
ODD = [
    "ʻIolani 5½", "O’Brien; Esq., Jr.", "back\\slash\\n", "two\nlines", "cr\r\nlf", "tab\there",
    "=1+1", "🙂 李明", "é" * 80, "x" * 200, "BEGIN:VCARD", "a:b;c=d", "\x0b\x1c\x85\u2028end",
    ' "quoted" ', "^caret",
]  # fmt: skip


def read_table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def unzipped(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


# The table


def test_table_has_the_facts_of_the_card_in_its_order(client, student, dana):
    """G44"""
    client.force_login(student)

    answer = client.get(CSV)

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert read_table(answer.content)[:2] == [
        ["Name", "Work", "Address", "Phone", "E-mail", "Dates of contact", "Advice",
         "People suggested", "Thank-you mailed", "Follow-up mailed"],
        ["Dana Whitcomb", "Features editor at Valley Courier",
         "115 Conz Street\nNorthampton, MA", "'+1 413 555 0136", "dana@example.org",
         "2026-03-02 e-mail\n2026-03-09 we met", "Read the trade paper every week.",
         "Wen Li, 413 555 0199", "2026-03-11", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+1 413", "'+1 413"), ("-5", "'-5"), ("@SUM", "'@SUM"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("\n=x", "'\n=x"), ("＝1", "'＝1"),
        ("Ann", "Ann"), ("a=b", "a=b"), ("", ""), ("'tis", "'tis"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, written):
    assert harmless(cell) == written
    assert spreadsheet.unguarded(written) == cell


@pytest.mark.parametrize(
    "phone", ["+1 413 555 0136", "00494012345", "01712345678", "4135550136", "(413) 555-0136", ""]
)
def test_phones_survive_a_spreadsheet(student, phone):
    """Neither a formula nor a number that loses its zeros, and the same again when taken off."""
    ContactFactory(student=student, phone=phone)

    cell = read_table(b"".join(spreadsheet.cards_table(Contact.objects.of(student))))[1][3]

    assert not re.fullmatch(r"[=+@-].*|\d+", cell)
    assert spreadsheet.unguarded(cell) == phone


@pytest.mark.parametrize("words", ODD)
def test_table_reads_back(student, words):
    ContactFactory(student=student, name=words, address=words)

    name, _, address, *_ = read_table(b"".join(spreadsheet.cards_table(Contact.objects.all())))[1]

    assert (spreadsheet.unguarded(name), spreadsheet.unguarded(address)) == (words, words)


@pytest.mark.parametrize("count", [1, 3])
def test_downloads_ask_as_much_for_three_as_for_one(
    client, student, count, django_assert_num_queries
):
    for _ in range(count):
        whole_record(student)
    client.force_login(student)

    for url in (CSV, VCF):
        with django_assert_num_queries(7):  # Session, user, people, log, talks, advice, named.
            client.get(url)


# The address book


@pytest.mark.parametrize("words", ODD)
def test_vcards_read_back_by_another_program(student, words):
    ContactFactory(
        student=student, name=words, employer=words, job_title=words, address=words, field=words
    )

    [card] = vobject.readComponents("".join(vcards.vcards_of(Contact.objects.of(student))))

    said = vcards.plain(words)
    assert card.fn.value == said
    assert card.org.value == [said]
    assert card.title.value == said
    assert card.adr.value.street == said


def test_vcard_carries_the_card(student, dana):
    """G43, G44"""
    card = vobject.readOne(vcards.vcard_of(dana))

    assert (card.fn.value, card.n.value.family, card.n.value.given) == (
        "Dana Whitcomb", "Whitcomb", "Dana",
    )  # fmt: skip
    assert (card.tel.value, card.email.value) == ("+1 413 555 0136", "dana@example.org")
    assert card.note.value.split("\n") == [
        "Dates of contact: Mar 2, 2026 (e-mail); Mar 9, 2026 (we met)",
        "Advice: Read the trade paper every week.",
        "People suggested: Wen Li, 413 555 0199",
        "Thank-you mailed: Mar 11, 2026",
    ]


def test_vcards_come_back_through_our_own_import(client, student, other_student, dana):
    """G43: what one account gave out, another takes in; the first finds it all there already."""
    client.force_login(student)
    content = client.get(VCF).content

    entries = [make_entry(one) for one in read_file(content, file_name="all.vcf").found]
    there, new = (plan_entries(entries, people_of(user)) for user in (student, other_student))

    assert [entry.standing for entry in new] == ["NEW", "NEW"]
    first = new[0].values
    for name in ("name", "employer", "job_title", "email", "phone", "address"):
        assert first[name] == getattr(dana, name)
    assert "Read the trade paper every week." in "\n".join(first["other_details"])
    assert [entry.standing for entry in there] in (["SAME", "SAME"], ["CHANGED", "SAME"])


# Everything in one file


def test_take_away_holds_everything(client, student, dana):
    """G1"""
    ResumeFactory(student=student)
    client.force_login(student)

    archive = unzipped(client.get(ZIP))

    assert archive.testzip() is None
    letter = dana.letters.get()
    assert archive.namelist() == [
        "contacts.csv", "contacts-more.csv", "log.csv", "interviews.csv", "contacts.vcf",
        "interviews.ics", "binder.pdf",
        f"letters/Dana Whitcomb, thank-you, draft ({letter.pk}).txt",
        "resume/resume.pdf", "README.txt",
    ]  # fmt: skip
    words = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    assert "Dear Dana, may I ask you about cameras?" in words["log.csv"]
    for said in ("smells of ink", "Deadlines, and budgets.", "hire generalists",
                 "tour of the press", "Read the trade paper", "2026-03-11"):  # fmt: skip
        assert said in words["interviews.csv"]
    assert "She edits." in words["contacts-more.csv"]
    assert "FN:Wen Li" in words["contacts.vcf"]
    assert "Your darkroom is a marvel." in words[archive.namelist()[7]]
    assert archive.read("binder.pdf").startswith(b"%PDF")
    assert archive.read("resume/resume.pdf") == b"%PDF-1.4 a page"
    assert "It is yours" in words["README.txt"]


def test_take_away_of_a_graduate(client, student, dana):
    """G1: the account survives graduation, and so does the way to take it along."""
    StudentProfileFactory(student=student, class_year=2020)
    client.force_login(student)

    assert "contacts.csv" in unzipped(client.get(ZIP)).namelist()


def test_take_away_of_an_empty_record_still_explains_itself(client, student):
    client.force_login(student)

    archive = unzipped(client.get(ZIP))

    assert "README.txt" in archive.namelist()
    assert "binder.pdf" not in archive.namelist()
    assert len(read_table(archive.read("contacts.csv"))) == 1


def test_take_away_is_ones_own(client, student, other_student, dana):
    whole_record(other_student, name="Secret Person")
    ResumeFactory(student=other_student)
    client.force_login(student)

    archive = unzipped(client.get(ZIP))

    assert not any("resume" in name for name in archive.namelist())
    for name in archive.namelist():
        assert b"Secret" not in archive.read(name)
    assert len(read_table(archive.read("log.csv"))) == 2
    assert len(read_table(archive.read("interviews.csv"))) == 2


def test_take_away_is_private_and_named_without_anybody(client, student):
    client.force_login(student)

    answer = client.get(ZIP, headers={"Accept-Encoding": "gzip"})

    assert re.fullmatch(
        r'attachment; filename="careerhub-record-20\d\d-\d\d-\d\d\.zip"',
        answer["Content-Disposition"],
    )
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "identity"


def test_take_away_says_that_the_resume_is_lost(client, student):
    resume = ResumeFactory(student=student)
    resume.file.storage.delete(resume.file.name)
    client.force_login(student)

    archive = unzipped(client.get(ZIP))

    assert "could not be read" in archive.read("README.txt").decode()


def test_a_formula_is_harmless_in_every_table(student):
    evil = "=HYPERLINK(1)"
    contact = ContactFactory(
        student=student, name=evil, job_title=evil, employer=evil, field=evil, address=evil,
        phone=evil, why=evil, other_details=evil, source_note=evil,
    )  # fmt: skip
    InteractionFactory(contact=contact, said=evil)
    InterviewFactory(contact=contact, place=evil, notes=evil)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(take_away_of(student, at=AT))))

    for name in (name for name in archive.namelist() if name.endswith(".csv")):
        cells = [cell for row in read_table(archive.read(name)) for cell in row]
        assert any(evil in cell for cell in cells), name
        assert not any(cell.startswith("=") for cell in cells), name


def test_calendar_has_talks_with_a_time_and_none_that_fell_through(student, dana):
    ahead = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    InterviewFactory(contact=dana, state="CONFIRMED", starts_at=ahead, place="Café; 2nd floor")
    InterviewFactory(contact=dana, state="CANCELLED", starts_at=ahead)
    InterviewFactory(contact=dana)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(take_away_of(student, at=AT))))
    events = icalendar.Calendar.from_ical(archive.read("interviews.ics")).walk("VEVENT")

    assert [(one.decoded("dtstart"), str(one.get("location"))) for one in events] == [
        (datetime(2026, 3, 9, 15, 0, tzinfo=UTC), "Main Street 5"),
        (ahead, "Café; 2nd floor"),
    ]
    assert [bool(one.subcomponents) for one in events] == [False, True]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Dana Whitcomb, thank-you", "Dana Whitcomb, thank-you"),
        ("../../etc/passwd", "etc passwd"),
        ("a/b\\c:d*e?\x00", "a b c d e"),
        ("CON.", "CON"),
        ("", "letter"),
        ("李明", "李明"),
        ("x" * 300, "x" * 60),
    ],
)
def test_file_names_are_taken_by_every_system(name, safe):
    assert file_name(name) == safe


def test_a_letter_reads_as_it_was_built():
    letter = LetterFactory.build(
        kind="THANK_YOU",
        subject="Thanks",
        blocks={"old": "Kept.", "signature": "Maya", "greeting": "Dear Dana,", "plan": "I will."},
    )

    assert text_of(letter).splitlines() == [
        f"Thank-you to {letter.contact.name}: draft", "Subject: Thanks", "",
        "Dear Dana,", "", "I will.", "", "Maya", "", "Kept.",
    ]  # fmt: skip


def test_two_letters_of_one_day_keep_apart(client, student):
    contact = ContactFactory(student=student)
    LetterFactory.create_batch(3, contact=contact, state="SENT", sent_on=date(2026, 3, 3))
    client.force_login(student)

    names = [name for name in unzipped(client.get(ZIP)).namelist() if name.startswith("letters/")]

    assert len(set(names)) == 3


def test_a_zip_is_never_in_memory_as_a_whole():
    """Forty megabytes go out in pieces; what is held at once stays small."""

    def pieces():
        for number in range(400):
            yield bytes([number % 251]) * 50_000 + number.to_bytes(4, "big") * 12_500

    tracemalloc.start()
    size = sum(len(piece) for piece in zipped([Member("big", pieces())], at=timezone.now()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 0
    assert peak < 5_000_000


@pytest.mark.parametrize("name", ["search", "tree", "cards", "cards_pdf", "binder", "binder_pdf",
                                  "export_csv", "export_vcards", "take_away"])  # fmt: skip
@pytest.mark.parametrize("who", ["advisor", "staff", "administrator"])
def test_nobody_else_has_a_record(client, request, name, who, dana):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"records:{name}")).status_code == 403
