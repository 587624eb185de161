from datetime import UTC, date, datetime, timedelta

import pytest

from interviews.models import Interview, State, Topic
from tests.factories import (
    AdviceFactory,
    ContactFactory,
    DebriefFactory,
    InteractionFactory,
    InterviewFactory,
    LetterFactory,
    PreparedQuestionFactory,
)

HELD_ON = date(2026, 3, 9)


def held_talk(contact, *, on=HELD_ON, **fields) -> Interview:
    """A talk that was held, with the dates that the office's days give it."""
    dates = {
        "thank_you_due_on": on + timedelta(days=2),
        "follow_up_due_on": on + timedelta(days=45),
    }
    return InterviewFactory(contact=contact, state=State.HELD, held_on=on, **dates, **fields)


def whole_record(student, **fields):
    """A contact with one of everything."""
    fields = {
        "name": "Dana Whitcomb", "job_title": "Features editor", "employer": "Valley Courier",
        "field": "Journalism", "address": "115 Conz Street\nNorthampton, MA", "why": "She edits.",
        "phone": "+1 413 555 0136", "email": "dana@example.org", "source": "ALUMNI", **fields,
    }  # fmt: skip
    dana = ContactFactory(student=student, **fields)
    ContactFactory(student=student, name="Wen Li", phone="413 555 0199", referred_by=dana)
    InteractionFactory(
        contact=dana, happened_on=date(2026, 3, 2), said="Dear Dana, may I ask you about cameras?",
        outcome="ASKED", promised_call_on=date(2026, 3, 6),
    )  # fmt: skip
    LetterFactory(contact=dana, subject="Thank you", kind="THANK_YOU",
                  blocks={"enjoyed": "Your darkroom is a marvel."})  # fmt: skip
    talk = held_talk(
        dana, notes="The lobby smells of ink.", place="Main Street 5", thanked_on=date(2026, 3, 11),
        starts_at=datetime(2026, 3, 9, 15, 0, tzinfo=UTC),
    )  # fmt: skip
    PreparedQuestionFactory(interview=talk, text="What is hard?", answer="Deadlines, and budgets.")
    debrief = DebriefFactory(interview=talk, enjoyed="The tour of the press.", interest_after=4)
    debrief.insights.create(topic=Topic.OUTLOOK, text="Local papers hire generalists.")
    AdviceFactory(interview=talk, text="Read the trade paper every week.")
    return dana


@pytest.fixture
def dana(student):
    return whole_record(student)
