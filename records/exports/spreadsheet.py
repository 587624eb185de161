"""Tables for a spreadsheet: UTF-8 with its mark, and no cell that a program would run.

A cell that begins with = + - @, a tab or a line end would be taken for a formula, and a phone
number of digits alone for a number that loses its zeros. Both get an apostrophe in front, as people
write it by hand; `unguarded` takes it away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from contacts.models import Contact, ContactQuerySet, Interaction
from core.spreadsheets import harmless, is_formula
from interviews.models import Interview
from records.card import card_of
from records.whole import in_batches

MARK = b"\xef\xbb\xbf"
BETWEEN = "\n"
ALL_DIGITS = re.compile(r"\d+")

CARD = (
    "Name", "Work", "Address", "Phone", "E-mail", "Dates of contact", "Advice",
    "People suggested", "Thank-you mailed", "Follow-up mailed",
)  # fmt: skip
MORE = (
    "Name", "Job", "Employer", "Career field", "How I got the name", "A word about that",
    "Who gave me the name", "May I use the referrer’s name?", "Web page", "Time zone",
    "More about them", "Why this person",
)  # fmt: skip
LOG = (
    "Date", "Name", "How", "Who", "What came of it", "What was said", "Promised to call on",
    "Called on",
)  # fmt: skip
TALKS = (
    "Name", "State", "Starts", "Minutes", "How", "Where", "Met on", "Interest before",
    "Interest after", "Notes", "Questions and answers", "What I learned", "What I enjoyed",
    "What it means for me", "What I will do next", "On my résumé", "Lead", "Advice",
    "Thank-you mailed", "Follow-up mailed",
)  # fmt: skip


def cards_table(people: ContactQuerySet) -> Iterator[bytes]:
    """The facts of the card, in its order (G44)."""
    return table(CARD, (_card(contact) for contact in in_batches(people)))


def more_table(people: ContactQuerySet) -> Iterator[bytes]:
    return table(MORE, (_more(one) for one in people.with_people().iterator(chunk_size=200)))


def log_table(people: ContactQuerySet) -> Iterator[bytes]:
    log = Interaction.objects.filter(contact__in=people.order_by()).select_related("contact")
    rows = log.newest_first().iterator(chunk_size=200)
    return table(LOG, (_entry(entry) for entry in rows))


def talks_table(people: ContactQuerySet, *, zone: str) -> Iterator[bytes]:
    parts = ("interviews", "interviews__advice", "interviews__questions",
             "interviews__debrief__insights")  # fmt: skip
    talks = (talk for one in in_batches(people, parts) for talk in one.interviews.all())
    return table(TALKS, (_talk(talk, zone) for talk in talks))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Row by row, so that a long table is never in memory as a whole."""
    yield MARK + _line(header)
    for row in rows:
        yield _line([harmless(_in_cell(cell)) for cell in row])


def unguarded(cell: str) -> str:
    """What was written before `harmless` and `phone_cell`."""
    rest = cell[1:]
    was_guarded = is_formula(rest) or ALL_DIGITS.fullmatch(rest)
    return rest if cell.startswith("'") and was_guarded else cell


def phone_cell(phone: str) -> str:
    """Digits alone would lose a leading zero, and end as 4.13556E+09."""
    return f"'{phone}" if ALL_DIGITS.fullmatch(phone) else phone


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _in_cell(cell: object) -> str:
    return "" if cell is None else str(cell)


def _card(contact: Contact) -> list[str]:
    card = card_of(contact)
    return [
        card.name,
        card.work,
        card.address,
        phone_cell(card.phone),
        card.email,
        BETWEEN.join(f"{on.isoformat()} {how}" for on, how in card.dates),
        BETWEEN.join(card.advice),
        BETWEEN.join(map(str, card.suggested)),
        BETWEEN.join(on.isoformat() for on in card.thanked_on),
        BETWEEN.join(on.isoformat() for on in card.followed_up_on),
    ]


def _more(one: Contact) -> list[object]:
    permission = one.get_name_permission_display() if one.referred_by else ""
    return [
        one.name, one.job_title, one.employer, one.field, one.get_source_display(),
        one.source_note, one.referred_by, permission, one.website, one.time_zone,
        one.other_details, one.why,
    ]  # fmt: skip


def _entry(entry: Interaction) -> list[object]:
    return [
        entry.happened_on, entry.contact.name, entry.get_channel_display(),
        entry.get_direction_display(), entry.get_outcome_display() if entry.outcome else "",
        entry.said, entry.promised_call_on, entry.called_on,
    ]  # fmt: skip


def _talk(talk: Interview, zone: str) -> list[object]:
    local = talk.starts_at.astimezone(ZoneInfo(zone)) if talk.starts_at else None
    debrief = getattr(talk, "debrief", None)
    answers = [f"{one.text}\n{one.answer}" for one in talk.questions.all() if one.answer]
    insights = debrief.insights.all() if debrief else ()
    return [
        talk.contact.name, talk.get_state_display(), local and f"{local:%Y-%m-%d %H:%M}",
        talk.minutes, talk.get_format_display(), talk.place, talk.held_on, talk.interest_before,
        debrief and debrief.interest_after, talk.notes, "\n\n".join(answers),
        "\n".join(f"{one.get_topic_display()}: {one.text}" for one in insights),
        *(getattr(debrief, name, "") for name in
          ("enjoyed", "decision", "next_steps", "resume_feedback", "lead")),
        "\n".join(_advice(one) for one in talk.advice.all()), talk.thanked_on, talk.followed_up_on,
    ]  # fmt: skip


def _advice(advice) -> str:
    done = f" (did it on {advice.done_on}{': ' + advice.note if advice.note else ''})"
    return advice.text + (done if advice.done_on else "")
