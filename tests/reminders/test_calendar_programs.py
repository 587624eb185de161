"""The feed as people's programs read it: a real subscriber over HTTP, and a reader of another make.

`vdirsyncer` fetches the address again and again and keeps a folder, `khal` shows that folder by a
wall clock, and `vobject` parses the answer with a parser that shares nothing with our writer.
"""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import vobject
from django.test import Client
from django.utils import timezone

from contacts import actions as contacts
from core.localtime import local_date, moment
from interviews import actions as interviews
from reminders.feed import actions
from tests.factories import CalendarFeedFactory, ContactFactory
from tests.reminders.conftest import talk_with

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMS = Path(sys.executable).parent
NEW_YORK = "America/New_York"
VDIRSYNCER = """
[general]
status_path = "{home}/status/"
[pair careerhub]
a = "feed"
b = "folder"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{url}"
[storage folder]
type = "filesystem"
path = "{home}/folder/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[careerhub]]
path = {home}/folder/
readonly = True
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""
LINE = "{start-date} {start-time} {end-time} {cancelled}{title} @ {location}"


class Subscriber:
    """Somebody's laptop: it fetches the address, and shows the days."""

    def __init__(self, home: Path, url: str):
        self.home, self.url = home, url
        (home / "folder").mkdir()
        (home / "vdirsyncer").write_text(VDIRSYNCER.format(home=home, url=url))

    def fetch(self) -> subprocess.CompletedProcess:
        if not (self.home / "status").exists():
            self._run("vdirsyncer", "-c", str(self.home / "vdirsyncer"), "discover")
        return self._run("vdirsyncer", "-c", str(self.home / "vdirsyncer"), "sync")

    def files(self) -> list[str]:
        return sorted(path.read_text() for path in (self.home / "folder").iterdir())

    def shows(self, *, since: date, zone: str = NEW_YORK) -> list[str]:
        config = self.home / f"khal-{zone.replace('/', '-')}"
        config.write_text(KHAL.format(home=self.home, zone=zone))
        told = self._run(
            "khal", "-c", str(config), "list", "--once", "--notstarted", "--day-format", "",
            "--format", LINE, f"{since:%Y-%m-%d}", "120d",
        )  # fmt: skip
        return [" ".join(line.split()) for line in told.stdout.splitlines() if line.strip()]

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [PROGRAMS / program, *arguments], env=environment, text=True, check=False,
            capture_output=True, timeout=60,
        )  # fmt: skip


@pytest.fixture
def feed(student):
    return CalendarFeedFactory(student=student)


@pytest.fixture
def subscriber(live_server, tmp_path, feed):
    return Subscriber(tmp_path, f"{live_server.url}/calendar/{feed.token}.ics")


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def talk(student, now):
    """Agreed for a week from now, at half past ten in New York."""
    on = local_date(now, NEW_YORK) + timedelta(days=7)
    talk = interviews.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=now)
    agree(talk, moment(on, time(10, 30), NEW_YORK), place="Café “Noir”; 2nd floor", at=now)
    return talk


def agree(talk, starts_at, *, place, at):
    interviews.agree(talk, starts_at=starts_at, minutes=30, format="IN_PERSON", place=place, at=at)


def parsed(feed) -> dict[str, object]:
    """Each entry by its UID, as vobject reads it."""
    answer = Client().get(f"/calendar/{feed.token}.ics")
    calendar = vobject.readOne(answer.content.decode())
    return {entry.uid.value: entry for entry in calendar.vevent_list}


def test_a_subscriber_sees_a_talk_made_moved_and_called_off(subscriber, student, talk, now):
    on = local_date(talk.starts_at, NEW_YORK)
    where = "Café “Noir”; 2nd floor"

    assert subscriber.fetch().returncode == 0
    made = subscriber.shows(since=on - timedelta(days=6))
    agree(talk, moment(on + timedelta(days=1), time(14), NEW_YORK), place=where, at=now)
    subscriber.fetch()
    moved = subscriber.shows(since=on - timedelta(days=6))
    interviews.move(talk, to="CANCELLED", at=now)
    subscriber.fetch()
    called_off = subscriber.shows(since=on - timedelta(days=6))

    assert made == [f"{on} 10:30 11:00 Talk with Dana @ {where}"]
    assert moved == [f"{on + timedelta(days=1)} 14:00 14:30 Talk with Dana @ {where}"]
    assert called_off == [
        f"{on + timedelta(days=1)} 14:00 14:30 CANCELLED Talk with Dana @ {where}"
    ]
    (file,) = subscriber.files()
    assert "STATUS:CANCELLED" in file
    assert "SEQUENCE:3" in file


def test_a_reader_of_another_make_sees_one_entry_rise(feed, student, talk, now):
    uid = f"talk-{talk.pk}@localhost"
    seen = [parsed(feed)]
    agree(talk, talk.starts_at + timedelta(days=1), place="Library", at=now)
    seen.append(parsed(feed))
    interviews.move(talk, to="CANCELLED", at=now)
    seen.append(parsed(feed))

    assert [list(entries) for entries in seen] == [[uid]] * 3
    made, moved, called_off = (entries[uid] for entries in seen)
    assert made.location.value == "Café “Noir”; 2nd floor"
    assert moved.dtstart.value == made.dtstart.value + timedelta(days=1) == talk.starts_at
    assert moved.dtend.value - moved.dtstart.value == timedelta(minutes=30)
    assert [int(entry.sequence.value) for entry in (made, moved, called_off)] == [1, 2, 3]
    assert [entry.status.value for entry in (made, moved, called_off)] == [
        "TENTATIVE", "TENTATIVE", "CANCELLED",
    ]  # fmt: skip
    assert [len(entry.contents.get("valarm", [])) for entry in (made, moved, called_off)] == [
        2, 2, 0,
    ]  # fmt: skip


def test_both_see_what_is_owed_made_moved_and_done(subscriber, feed, student, now):
    today = local_date(now, NEW_YORK)
    met = talk_with(student, on=today, at=now)
    call = contacts.log_interaction(
        ContactFactory(student=student, name="Wen Li"), at=now, happened_on=today, channel="EMAIL",
        direction="OUT", promised_call_on=today + timedelta(days=9),
    )  # fmt: skip

    subscriber.fetch()
    owed, seen = subscriber.shows(since=today), [parsed(feed)]
    days = {
        "A thank-you to Dana": met.thank_you_due_on,
        "The call you promised Wen": call.promised_call_on,
        "A second letter to Dana": met.follow_up_due_on,
    }
    call.promised_call_on += timedelta(days=2)
    contacts.save_interaction(call, at=now)
    subscriber.fetch()
    moved, seen = subscriber.shows(since=today), [*seen, parsed(feed)]
    interviews.record_thank_you(met, mailed_on=today, at=now)
    contacts.record_call(call, on=today, at=now)
    subscriber.fetch()
    done, seen = subscriber.shows(since=today), [*seen, parsed(feed)]

    assert {one.summary.value: one.dtstart.value for one in seen[0].values()} == days
    assert owed == [f"{on} {words} @" for words, on in days.items()]
    moved_on = f"{days['The call you promised Wen'] + timedelta(days=2)}"
    assert moved == [owed[0], f"{moved_on} The call you promised Wen @", owed[2]]
    assert done == [
        f"{days['A thank-you to Dana']} CANCELLED A thank-you to Dana @",
        f"{moved_on} CANCELLED The call you promised Wen @",
        owed[2],
    ]
    # The reader of another make: the same entries all along, and each rises when it changes.
    thanks, promise = f"thank-you-{met.pk}@localhost", f"promised-call-{call.pk}@localhost"
    assert len({frozenset(entries) for entries in seen}) == 1
    assert [int(entries[thanks].sequence.value) for entries in seen] == [0, 0, 1]
    assert [int(entries[promise].sequence.value) for entries in seen] == [0, 1, 2]
    assert [entries[promise].status.value for entries in seen] == [
        "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip
    assert len(subscriber.files()) == 3


def test_both_see_what_is_deleted_cancelled_without_a_word_of_it(
    subscriber, feed, student, talk, now
):
    on = local_date(talk.starts_at, NEW_YORK)
    subscriber.fetch()
    (before,) = parsed(feed).values()

    contacts.delete_contact(talk.contact, at=now)
    subscriber.fetch()

    (after,) = parsed(feed).values()
    assert (after.uid.value, after.status.value) == (before.uid.value, "CANCELLED")
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert (after.dtstart.value, after.dtend.value) == (before.dtstart.value, before.dtend.value)
    shown = subscriber.shows(since=on - timedelta(days=6))
    assert shown == [f"{on} 10:30 11:00 CANCELLED Deleted in CareerHub @"]
    assert not any("Dana" in file or "Café" in file for file in subscriber.files())


def test_both_see_each_clock_change_and_the_date_line_alike(subscriber, feed, student, now):
    """The next two switches in New York, and a day that Kiritimati has first."""
    year = now.year + 1
    spring = next(day for day in range(8, 15) if date(year, 3, day).weekday() == 6)
    autumn = next(day for day in range(1, 8) if date(year, 11, day).weekday() == 6)
    switches = [date(year, 3, spring), date(year, 11, autumn)]
    for on in switches:
        talk = interviews.begin(ContactFactory(student=student, name=f"Ann {on}"), at=now)
        agree(talk, moment(on, time(9), NEW_YORK), place="Library", at=now)

    subscriber.fetch()

    for on in switches:
        assert f"{on} 09:00 09:30 Talk with Ann @ Library" in subscriber.shows(since=on)
        there = subscriber.shows(since=on, zone="Pacific/Kiritimati")
        hour = 3 if on.month == 3 else 4
        assert (
            f"{on + timedelta(days=1)} {hour:02}:00 {hour:02}:30 Talk with Ann @ Library" in there
        )
    assert sorted(entry.dtstart.value for entry in parsed(feed).values()) == [
        datetime(year, 3, spring, 13, tzinfo=UTC), datetime(year, 11, autumn, 14, tzinfo=UTC),
    ]  # fmt: skip


def test_a_subscriber_is_told_when_the_address_was_taken_back(subscriber, student, talk):
    subscriber.fetch()
    actions.stop_feed(student, at=timezone.now())

    answer = subscriber.fetch()

    assert answer.returncode != 0
    assert "Not Found" in answer.stderr
