"""Everything that a student wrote, in one zip that any computer opens (G1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from contacts.models import Contact, ContactQuerySet
from core.localtime import local_date
from letters.models import Resume
from records import paper
from records.exports import spreadsheet, vcards
from records.exports.calendar import calendar_of
from records.exports.letters import letters_of
from records.exports.zipping import Member, zipped

README = """\
Your record from CareerHub, {day}
{line}

{name}, this is everything you wrote down. It is yours; keep it where only you can read it.
All files open without CareerHub.

contacts.csv          The facts of each index card. Opens in any spreadsheet.
contacts-more.csv     How you found each person, who gave you the name, and your own notes.
log.csv               Every letter, call and meeting, newest first.
interviews.csv        Your talks, with what you asked, learned, enjoyed and were advised.
contacts.vcf          For the address book of a phone or mail program.
interviews.ics        Your talks, for any calendar.
binder*.pdf           All of it to read and print: a page for each person.
letters/              Each letter as plain text.
resume/               Your résumé, if you uploaded one.

In the .csv files an apostrophe (') stands before some cells, such as phone numbers. It keeps a
spreadsheet from reckoning with them. Leave it out when you copy the number.
{remarks}"""
CHUNK = 64 * 1024


def take_away_of(student: User, *, at: datetime) -> Iterator[bytes]:
    """The zip, made while it is sent."""
    local = at.astimezone(ZoneInfo(student.time_zone))
    return zipped(_members(student, at), at=local)


def _members(student: User, at: datetime) -> Iterator[Member]:
    people = Contact.objects.visible_to(student).by_name()
    remarks: list[str] = []
    yield Member("contacts.csv", spreadsheet.cards_table(people))
    yield Member("contacts-more.csv", spreadsheet.more_table(people))
    yield Member("log.csv", spreadsheet.log_table(people))
    yield Member("interviews.csv", spreadsheet.talks_table(people, zone=student.time_zone))
    yield Member("contacts.vcf", (card.encode() for card in vcards.vcards_of(people)))
    yield Member("interviews.ics", [calendar_of(people, at=at)])
    yield from _binders(student, people, at)
    for name, text in letters_of(people):
        yield Member(f"letters/{name}", [text.encode()])
    yield from _resume(student, remarks)
    yield Member("README.txt", [_readme(student, at, remarks)])


def _binders(student: User, people: ContactQuerySet, at: datetime) -> Iterator[Member]:
    """One PDF, or several parts where there are many people."""
    count, size = people.count(), paper.PEOPLE_A_FILE
    for number, start in enumerate(range(0, count, size), 1):
        name = f"binder-{number}.pdf" if count > size else "binder.pdf"
        yield Member(name, _binder(student, people[start : start + size], at))


def _binder(student: User, people: ContactQuerySet, at: datetime) -> Iterator[bytes]:
    today = local_date(at, student.time_zone)
    yield paper.binder_pdf(list(people), zone=student.time_zone, owner=student.name, today=today)


def _resume(student: User, remarks: list[str]) -> Iterator[Member]:
    resume = Resume.objects.filter(student=student).first()
    if resume is None:
        return
    try:
        file = resume.file.open("rb")
    except OSError:
        remarks.append("Your résumé could not be read from the disk. Ask the career office.")
        return
    ending = resume.file.name.rpartition(".")[2]
    yield Member(f"resume/resume.{ending}", file.chunks(CHUNK))
    file.close()


def _readme(student: User, at: datetime, remarks: list[str]) -> bytes:
    day = paper.in_words(local_date(at, student.time_zone))
    head = f"Your record from CareerHub, {day}"
    said = "".join(f"\nPlease note: {remark}\n" for remark in remarks)
    text = README.format(day=day, line="=" * len(head), name=student.first_name, remarks=said)
    return text.replace("\n", "\r\n").encode()
