"""Gives every other student a past: some keep up, some are late, some are stuck, some are new."""

from __future__ import annotations

from datetime import datetime, time
from random import Random

from accounts.models import User
from careerhub.demo.life import Channel, Direction, Life, Outcome
from careerhub.demo.words import FAMILY_NAMES, GIVEN_NAMES, TRADES
from contacts.models import Contact
from interviews.models import Interview, State

WAYS_OF_ASKING = (
    "Said how I got the name and asked for twenty minutes.",
    "Two paragraphs: who I am, what I wonder about, when I could come by.",
    "Kept it short. Offered to call whenever it suits them.",
    "Read one of their pieces of work first and said so.",
)
LESSONS = (
    "Start small and finish things. They would hire the finisher.",
    "The title says little; ask who sits at the table.",
    "Learn to write a page that a tired person reads to the end.",
    "The first job was luck, the second one was people.",
    "Evenings are busy from March to June. Choose it anyway.",
)
KINDS_OF_STUDENT = (
    "keeps up",
    "late",
    "asks",
    "keeps up",
    "stuck",
    "asks",
    "keeps up",
    "new",
    "keeps up",
    "gone quiet",
)


def live_all(students: list[User], *, seed: int, now: datetime) -> None:
    for number, student in enumerate(students):
        random = Random(f"{seed}-{number}")  # noqa: S311 - a demo must repeat itself
        _Past(Life(student, now=now), random).live(KINDS_OF_STUDENT[number % len(KINDS_OF_STUDENT)])


class _Past:
    def __init__(self, life: Life, random: Random) -> None:
        self.life = life
        self.random = random

    def live(self, kind: str) -> None:
        match kind:
            case "keeps up":
                self._keeps_up()
            case "late":
                self._keeps_up()
                self._meets(ago=self.random.randint(5, 12))
            case "stuck":
                for _ in range(self.random.randint(3, 6)):
                    self._finds_somebody(ago=self.random.randint(24, 50))
            case "asks":
                for ago in self.random.sample(range(3, 30), 3):
                    self._asks(ago=ago)
            case "gone quiet":
                self._asks(ago=self.random.randint(35, 60))

    def _keeps_up(self) -> None:
        for ago in self.random.sample(range(6, 28), 2):
            talk = self._meets(ago=ago)
            self.life.thanks(talk, ago=ago - self.random.randint(1, 3))
        self._asks(ago=self.random.randint(2, 9))
        self._meets_soon()
        self._finds_somebody(ago=self.random.randint(1, 9))

    def _finds_somebody(self, *, ago: int) -> Contact:
        trade = self.random.choice(TRADES)
        given, family = self.random.choice(GIVEN_NAMES), self.random.choice(FAMILY_NAMES)
        return self.life.knows(
            f"{given} {family}",
            ago=ago,
            job_title=self.random.choice(trade.titles),
            employer=self.random.choice(trade.employers),
            field=trade.field,
            source=self.random.choice(
                [Contact.Source.FRIEND, Contact.Source.PROFESSOR, Contact.Source.FAMILY]
            ),
        )

    def _asks(self, *, ago: int) -> Interview:
        contact = self._finds_somebody(ago=ago + 2)
        return self.life.asks(
            contact,
            ago=ago,
            channel=self.random.choice([Channel.EMAIL, Channel.LINKEDIN, Channel.PHONE]),
            said=self.random.choice(WAYS_OF_ASKING),
            is_shared=self.random.random() < 0.5,
        )

    def _agrees(self, *, asked_ago: int, meets_ago: int) -> Interview:
        talk = self._asks(ago=asked_ago)
        return self.life.agrees(
            talk,
            ago=asked_ago - 2,
            meets_ago=meets_ago,
            clock=time(self.random.randint(9, 16), self.random.choice((0, 30))),
            place=self.random.choice(("Their office", "The café on Main Street", "The library")),
        )

    def _meets(self, *, ago: int) -> Interview:
        talk = self._agrees(asked_ago=ago + 9, meets_ago=ago)
        return self.life.holds(
            talk,
            ago=ago,
            notes=self.random.choice(LESSONS),
            shared=self.random.random() < 0.4,
        )

    def _meets_soon(self) -> None:
        if self.random.random() < 0.5:
            self._agrees(asked_ago=4, meets_ago=-self.random.randint(1, 9))
        else:
            self._is_turned_down(ago=self.random.randint(4, 12))

    def _is_turned_down(self, *, ago: int) -> None:
        talk = self._asks(ago=ago + 3)
        self.life.logs(
            talk.contact, Channel.EMAIL, ago=ago, direction=Direction.IN, outcome=Outcome.DECLINED
        )
        self.life.moves(talk, State.DECLINED, ago=ago)
