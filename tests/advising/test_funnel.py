"""How far conversations get: each step holds the people of the next one."""

from datetime import date

import pytest

from accounts.models import User
from advising import funnel
from advising.funnel import Reach, funnel_for, funnel_of
from advising.models import StudentCounters
from contacts.models import Interaction
from interviews.models import State
from tests.advising.deeds import hold_talk, thank, write_again
from tests.factories import CaseloadFactory, ContactFactory, InteractionFactory, InterviewFactory

MET_ON = date(2026, 3, 2)


def reach_of(student) -> Reach:
    return funnel.reach_of(StudentCounters.objects.get(student=student))


def test_reach_of_a_name_alone_is_identified(student):
    ContactFactory(student=student)

    assert reach_of(student) == Reach(identified=1)


@pytest.mark.parametrize(
    ("state", "reach"),
    [
        (State.IDEA, Reach(1)),
        (State.WITHDRAWN, Reach(1)),
        (State.ASKED, Reach(1, 1)),
        (State.DECLINED, Reach(1, 1)),
        (State.NO_RESPONSE, Reach(1, 1)),
        (State.ACCEPTED, Reach(1, 1, 1)),
        (State.CONFIRMED, Reach(1, 1, 1)),
        (State.CANCELLED, Reach(1, 1, 1)),
        (State.NO_SHOW, Reach(1, 1, 1)),
    ],
)
def test_reach_follows_the_state_of_a_talk(student, state, reach):
    InterviewFactory(contact__student=student, state=state)

    assert reach_of(student) == reach


@pytest.mark.parametrize(
    ("outcome", "reach"),
    [
        (Interaction.Outcome.NONE, Reach(1)),
        (Interaction.Outcome.LEFT_MESSAGE, Reach(1)),
        (Interaction.Outcome.ASKED, Reach(1, 1)),
        (Interaction.Outcome.DECLINED, Reach(1, 1)),
        (Interaction.Outcome.AGREED, Reach(1, 1, 1)),
    ],
)
def test_reach_follows_the_log_as_well(student, outcome, reach):
    InteractionFactory(contact__student=student, outcome=outcome)

    assert reach_of(student) == reach


def test_reach_counts_met_thanked_and_kept_in_touch(student):
    hold_talk(ContactFactory(student=student), on=MET_ON)
    thanked = hold_talk(ContactFactory(student=student), on=MET_ON)
    thank(thanked, on=date(2026, 3, 4))
    kept = hold_talk(ContactFactory(student=student), on=MET_ON)
    thank(kept, on=date(2026, 3, 4))
    write_again(kept, on=date(2026, 4, 10))

    assert reach_of(student) == Reach(3, 3, 3, 3, 2, 1)


def test_reach_of_a_second_letter_without_thanks_stops_at_met(student):
    talk = hold_talk(ContactFactory(student=student), on=MET_ON)
    write_again(talk, on=date(2026, 4, 10))

    assert reach_of(student) == Reach(1, 1, 1, 1, 0, 0)


def test_reach_counts_a_person_once(student):
    contact = ContactFactory(student=student)
    InteractionFactory.create_batch(2, contact=contact, outcome=Interaction.Outcome.ASKED)
    InterviewFactory.create_batch(2, contact=contact, state=State.ASKED)

    assert reach_of(student) == Reach(1, 1)


def test_reach_keeps_students_apart(student, other_student):
    ContactFactory(student=student)
    ContactFactory.create_batch(2, student=other_student)

    assert (reach_of(student), reach_of(other_student)) == (Reach(1), Reach(2))


def test_funnel_for_a_caseload_adds_up_its_counters(student, other_student, advisor):
    """Somebody else's student has more people, and somebody of the caseload has none."""
    CaseloadFactory(advisor=advisor)
    ContactFactory.create_batch(5, student=other_student)
    thank(hold_talk(ContactFactory(student=student), on=MET_ON), on=MET_ON)
    ContactFactory(student=student)

    assert funnel_for(User.objects.visible_to(advisor)).reach == Reach(2, 1, 1, 1, 1, 0)


def test_funnel_adds_students_and_divides_by_the_step_before():
    funnel = funnel_of([Reach(4, 2, 1), Reach(6, 3, 2)])

    assert [(step.label, step.people, step.percent) for step in funnel.steps] == [
        ("Identified", 10, None),
        ("Asked", 5, 50),
        ("Said yes", 3, 60),
        ("Met", 0, 0),
        ("Thanked", 0, None),
        ("Kept in touch", 0, None),
    ]


def test_funnel_names_the_narrowest_step():
    lesson = funnel_of([Reach(20, 15, 12, 10, 9, 2)]).lesson

    assert lesson.endswith("of 9 people thanked, 2 heard from the student again.")


@pytest.mark.parametrize("reach", [Reach(), Reach(4, 1)], ids=["nobody", "too few to say"])
def test_funnel_draws_no_lesson_from_few(reach):
    assert funnel_of([reach]).lesson.startswith("A few more conversations")
