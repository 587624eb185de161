"""How the post stands, over all that goes out by itself: waiting, sent, given up, and since when.

One statement answers for all boxes at one moment. Partial indexes serve each of its parts, so
it costs the same with a million rows that lie still. Numbers and kinds alone: nobody is named here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import CharField, Count, F, Max, Min, QuerySet, Value

from alumni.models import AlumniMail
from core.outbox import PUT_OFF, OutgoingQuerySet
from letters.models import Delivery
from reminders import kinds as registry
from reminders.models import Reminder

# The bell rings each minute, and a server that is busy says so for some: more than this is trouble.
LATE_AFTER = timedelta(minutes=15)
WAITING, SENT, FAILED = "waiting", "sent", "failed"
LETTER = "LETTER"


class Pile(NamedTuple):
    """Mails of one kind that stand alike."""

    box: str
    kind: str
    state: str
    number: int
    # Of those that wait: when the turn of the first one came.
    since: datetime | None


class Line(NamedTuple):
    """One kind, over all of its states."""

    box: str
    kind: str
    words: str
    waiting: int
    sent: int
    failed: int


class Post(NamedTuple):
    """`piles` as they stood `at`; what was sent or given up is counted from some moment on."""

    at: datetime
    piles: list[Pile]

    @property
    def oldest(self) -> datetime | None:
        """When the turn of the mail that waits longest came."""
        return min((pile.since for pile in self.piles if pile.since), default=None)

    def oldest_in(self, box: str) -> datetime | None:
        return Post(self.at, [pile for pile in self.piles if pile.box == box]).oldest

    def age(self, since: datetime | None) -> timedelta:
        return max(self.at - since, timedelta()) if since else timedelta()

    @property
    def oldest_age(self) -> str:
        """“42 minutes”, “3 hours”; nothing while nothing waits."""
        minutes = int(self.age(self.oldest).total_seconds() // 60)
        if self.oldest is None:
            return ""
        if minutes < 120:
            return f"{minutes} minute{'' if minutes == 1 else 's'}"
        return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"

    @property
    def is_late(self) -> bool:
        return self.age(self.oldest) > LATE_AFTER

    def count(self, state: str, box: str = "") -> int:
        return sum(
            pile.number for pile in self.piles if pile.state == state and box in ("", pile.box)
        )

    @property
    def waiting(self) -> int:
        return self.count(WAITING)

    @property
    def sent(self) -> int:
        return self.count(SENT)

    @property
    def failed(self) -> int:
        return self.count(FAILED)

    @property
    def lines(self) -> list[Line]:
        names = kinds()
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for pile in self.piles:
            states = counts.setdefault((pile.box, pile.kind), {})
            states[pile.state] = states.get(pile.state, 0) + pile.number
        return [
            Line(
                box,
                kind,
                names[box].get(kind, kind),
                states.get(WAITING, 0),
                states.get(SENT, 0),
                states.get(FAILED, 0),
            )
            for (box, kind), states in sorted(counts.items())
        ]


class Box(NamedTuple):
    """One of the places that mail goes out from."""

    name: str
    # (at, since) → what waits, what was sent, and what is given up, each by kind.
    piles: Callable[[datetime, datetime], list[QuerySet]]
    # Every kind of it, in words.
    kinds: Callable[[], dict[str, str]]


BOXES: dict[str, Box] = {}


def add_box(box: Box) -> None:
    """From an app's ready(): those above this floor bring theirs."""
    BOXES[box.name] = box


def outbox(
    name: str,
    rows: OutgoingQuerySet,
    *,
    kinds: dict[str, str],
    kind: str = "kind",
    free: OutgoingQuerySet | None = None,
) -> Box:
    """The box of an outbox of `core`. `kind` is empty where it has only one, and `free` are those
    of its rows that nothing holds back."""
    rows, free = rows.order_by(), (rows if free is None else free).order_by()

    def piles(at: datetime, since: datetime) -> list[QuerySet]:
        return [
            _piles(free.waiting(at=at), name, WAITING, kind, tries="attempts"),
            _piles(rows.filter(sent_at__gte=since), name, SENT, kind),
            _piles(rows.given_up(), name, FAILED, kind),
        ]

    return Box(name, piles, lambda: kinds)


def post(*, at: datetime, since: datetime) -> Post:
    """What waits at `at`, what was sent since `since`, and all that is given up."""
    return _counted(at, [pile for box in BOXES.values() for pile in box.piles(at, since)])


def oldest_owed(*, at: datetime) -> Post:
    """What waits, without the rest: for what is asked every few seconds."""
    return _counted(at, [box.piles(at, at)[0] for box in BOXES.values()])


def _counted(at: datetime, piles: list[QuerySet]) -> Post:
    first, *others = piles
    # Postgres gives no order to a union, and none is needed.
    return Post(at, [_pile(*row) for row in first.union(*others, all=True) if row[4]])


def _reminders(at: datetime, since: datetime) -> list[QuerySet]:
    rows = Reminder.objects.order_by()
    return [
        _piles(rows.due(at=at).filter(recipient__is_active=True), "reminders", WAITING, "kind"),
        _piles(rows.filter(sent_at__gte=since), "reminders", SENT, "kind"),
        _piles(rows.undeliverable(), "reminders", FAILED, "kind"),
    ]


def _piles(rows: QuerySet, box: str, state: str, kind: str = "", tries: str = "") -> QuerySet:
    """A refusal moves the turn of an outbox's row, and never that of a reminder."""
    text: CharField[str, str] = CharField()
    return (
        rows.annotate(
            in_box=Value(box, text),
            of_kind=F(kind) if kind else Value(LETTER, text),
            stands=Value(state, text),
            tried=F(tries) if tries else Value(0),
        )
        .values_list("in_box", "of_kind", "stands", "tried")
        .annotate(many=Count("pk"), first=Min("due_at"))
    )


def _pile(box: str, kind: str, state: str, tried: int, many: int, first: datetime) -> Pile:
    put_off = PUT_OFF[min(tried, len(PUT_OFF) - 1)]
    return Pile(box, kind, state, many, first - put_off if state == WAITING else None)


def kinds() -> dict[str, dict[str, str]]:
    """Every kind of each box, in words."""
    return {box.name: box.kinds() for box in BOXES.values()}


def _kinds_of_reminders() -> dict[str, str]:
    return {kind.key: kind.words.what.format(name="…") for kind in registry.every()}


def unreached(rows: QuerySet[Reminder]) -> QuerySet:
    """The undeliverable among `rows`, a person at a time, who waits longest first."""
    people = rows.order_by().values("recipient", "recipient__name", "recipient__email")
    counted = people.annotate(number=Count("pk"), since=Min("due_at"), last=Max("pk"))
    return counted.order_by("since", "recipient")


add_box(Box("reminders", _reminders, _kinds_of_reminders))
add_box(
    outbox(
        "alumni",
        AlumniMail.objects.all(),
        kinds=dict(AlumniMail.Kind.choices),
        free=AlumniMail.objects.free(),
    )
)
add_box(
    outbox(
        "letters",
        Delivery.objects.all(),
        kinds={LETTER: "A letter that CareerHub mails"},
        kind="",
    )
)
