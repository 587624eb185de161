"""What is known about a letter's two people, as the builder and the checks are told it."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from accounts.models import Caseload, OfficeSettings, StudentProfile, User
from contacts.models import Contact
from core.localtime import local_date
from letters.announcements import questions_wanted
from letters.blocks import assemble
from letters.checks import Finding, Piece, examine
from letters.models import Letter
from letters.openings import Facts

# A background may sound like one; a letter has a sentence of its own for it (G14).
NO_OBJECTIVE = Finding(
    check="objective",
    title="Say what you are after",
    found="",
    why="They can only help with what they know of. Choose one of the four ways to begin.",
    stops=True,
    clause="G14",
)


def profile_of(student: User) -> StudentProfile:
    return getattr(student, "profile", None) or StudentProfile(student=student)


def advisor_of(student: User) -> User | None:
    caseload = Caseload.objects.open().filter(student=student).select_related("advisor").first()
    return caseload.advisor if caseload else None


def opening_facts(contact: Contact, *, call_on: date | None, at: datetime) -> Facts:
    student, profile, office = (
        contact.student,
        profile_of(contact.student),
        OfficeSettings.current(),
    )
    return Facts(
        contact=contact.name,
        student=student.name,
        institution=settings.INSTITUTION,
        phone=profile.phone,
        is_graduate=profile.is_graduate(on=local_date(at, student.time_zone)),
        is_alum=contact.alum_id is not None,
        class_year=profile.class_year,
        majors=tuple(profile.majors),
        background=profile.background,
        source=contact.source,
        source_note=contact.source_note,
        referrer=contact.referred_by.name if contact.referred_by else "",
        may_name=contact.name_permission == Contact.NamePermission.YES,
        field=contact.field,
        minutes_in_person=office.minutes_in_person,
        minutes_by_phone=office.minutes_by_phone,
        call_on=call_on,
    )


def text_of(letter: Letter) -> str:
    return assemble(letter.kind, letter.blocks).text


def findings_of(letter: Letter, *, at: datetime) -> list[Finding]:
    """What the checks find in the words, and what only the builder can tell."""
    found = examine(piece_of(letter, text=text_of(letter), at=at))
    if letter.kind != Letter.Kind.REQUEST:
        return found
    if not letter.blocks.get("objective", "").strip():
        return [NO_OBJECTIVE, *(one for one in found if one.check != NO_OBJECTIVE.check)]
    return found


def piece_of(letter: Letter, *, text: str, at: datetime) -> Piece:
    contact, student = letter.contact, letter.student
    profile = profile_of(student)
    return Piece(
        text=text,
        kind=letter.kind.lower(),  # type: ignore[arg-type]
        contact_name=contact.name,
        contact_is_alum=contact.alum_id is not None,
        writer_is_graduate=profile.is_graduate(on=local_date(at, student.time_zone)),
        writer_name=student.name,
        institution=settings.INSTITUTION,
        referrer=contact.referred_by.name if contact.referred_by else "",
        referrer_permission=contact.name_permission.lower(),  # type: ignore[arg-type]
        questions=_prepared_questions(contact),
        call_on=letter.call_on,
        attaches_resume=letter.with_resume,
        most_minutes=_most_minutes(),
        known_words=_known_words(contact, profile),
    )


def _most_minutes() -> int:
    office = OfficeSettings.current()
    return max(office.minutes_in_person, office.minutes_by_phone)


def _prepared_questions(contact: Contact) -> tuple[str, ...]:
    """A floor above keeps them, and answers when it is asked."""
    answers = questions_wanted.send(sender=Contact, contact=contact)
    return tuple(question for _, questions in answers for question in questions or ())


def _known_words(contact: Contact, profile: StudentProfile) -> frozenset[str]:
    """Names that the record has are spelled right by definition."""
    said = [
        contact.name, contact.employer, contact.job_title, contact.field, contact.address,
        contact.source_note, contact.referred_by.name if contact.referred_by else "",
        contact.alum.as_seen_by(profile.student).place if contact.alum else "", *profile.majors,
        *profile.fields_of_interest, profile.student.name, settings.INSTITUTION,
    ]  # fmt: skip
    words = (word.strip(".,;:()“”\"'") for text in said for word in text.split())
    return frozenset(word for word in words if word)
