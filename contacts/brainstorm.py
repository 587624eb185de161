"""The circles of people to think through (G7, G9), each with a question that helps."""

from __future__ import annotations

from typing import NamedTuple

from contacts.models import Contact

Source = Contact.Source


class Circle(NamedTuple):
    source: Contact.Source
    title: str
    icon: str
    question: str
    # A page that has names of this kind: its URL name, and what the link says.
    page: str = ""
    link: str = ""


CIRCLES = (
    Circle(
        Source.FAMILY, "Family", "house",
        "Who in your family, near or far, changed what they do for a living?",
    ),
    Circle(
        Source.FRIEND, "Friends", "users",
        "Whose parent, partner or big sister has a job that you could not describe?",
    ),
    Circle(
        Source.PEER, "Other students", "book-open",
        "Who in your classes spent a summer somewhere that made you curious?",
    ),
    Circle(
        Source.PROFESSOR, "Professors", "graduation-cap",
        "Whose class did you talk about at dinner? They know where their students went.",
    ),
    Circle(
        Source.EMPLOYER, "Bosses and colleagues", "briefcase",
        "Who showed you the ropes at a job, even a summer one? Where are they now?",
    ),
    Circle(
        Source.DOCTOR, "Doctor and dentist", "stethoscope",
        "Who looks after your health, and who else sits in their chair all day?",
    ),
    Circle(
        Source.FAITH, "Your faith community", "church",
        "Who holds things together where you worship, sing or volunteer?",
    ),
    Circle(
        Source.HAIRDRESSER, "Whoever cuts your hair", "scissors",
        "Who hears about everybody’s work, one haircut at a time?",
    ),
    Circle(
        Source.TRAVEL, "Someone you sat beside", "plane",
        "Who told you on a train, a plane or a bench what they do?",
    ),
    Circle(
        Source.ALUMNI, "Alumni", "search",
        "Who studied here before you, and does something you wonder about?",
        "alumni:list", "Look through the alumni",
    ),
    Circle(
        Source.ONLINE, "Online", "globe",
        "Whose article, post or talk made you want to know how they got there?",
        "contacts:import_upload", "Bring your LinkedIn connections",
    ),
)  # fmt: skip

MOST_SHOWN = 3


class Thought(NamedTuple):
    """What has come to mind in one circle so far, the newest name first."""

    circle: Circle
    people: list[tuple[int, str]]
    # Asked, and they knew nobody (G9).
    asked_in_vain: int = 0

    @property
    def newest(self) -> list[tuple[int, str]]:
        return self.people[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.people) - MOST_SHOWN, 0)


def progress_in_words(thoughts: list[Thought]) -> str:
    """“7 names from 3 circles. 8 circles are still quiet.”"""
    busy = [thought for thought in thoughts if thought.people]
    names = sum(len(thought.people) for thought in busy)
    quiet = len(thoughts) - len(busy)
    if not busy:
        return "No circle has a name yet. Begin with the easiest one."
    start = f"{_count(names, 'name')} from {_count(len(busy), 'circle')}."
    if not quiet:
        return f"{start} You have been through them all."
    return f"{start} {_count(quiet, 'circle')} {'is' if quiet == 1 else 'are'} still quiet."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
