"""The record of student@demo.example: somebody at every step of the guide, on any day it is made.

On the day of the demo one talk is two days old, another is two days ahead, a call was promised for
today, one second letter is due and one is late. Every word is invented.
"""

from __future__ import annotations

from datetime import time

from alumni.models import Alum, Consent
from careerhub.demo import words_of_maya as words
from careerhub.demo import writing
from careerhub.demo.life import Channel, Direction, Life, Outcome
from contacts.models import Contact
from interviews.models import Interview, State

Source, NamePermission = Contact.Source, Contact.NamePermission


def live(life: Life) -> None:
    ortiz = _professor_who_named_others(life)
    dana = _met_two_days_ago(life, referred_by=ortiz)
    _meets_this_week(life, referred_by=dana)
    _waits_for_her_call(life, referred_by=dana)
    _due_a_second_letter(life)
    _late_with_a_second_letter(life)
    _kept_in_touch(life)
    _could_not(life)
    _not_asked_yet(life)


def _professor_who_named_others(life: Life) -> Contact:
    ortiz = life.knows(
        "Lena Ortiz",
        ago=88,
        job_title="Professor of journalism",
        employer="Mill River College",
        field="Journalism",
        source=Source.PROFESSOR,
        source_note="Feature-writing seminar",
        why="She knows everybody who ever wrote about this valley.",
    )
    life.logs(
        ortiz,
        Channel.IN_PERSON,
        ago=33,
        outcome=Outcome.REFERRED,
        said="Stayed after class. She would start with Dana Whitcomb, and I may say who sent me.",
        is_shared=True,
    )
    letter = writing.begins_a_letter(life, ortiz, ago=3, blocks=words.TO_ORTIZ)
    writing.asks_her_advisor(life, letter, ago=2, question=words.QUESTION_ABOUT_ORTIZ)
    return ortiz


def _met_two_days_ago(life: Life, *, referred_by: Contact) -> Contact:
    dana = life.knows(
        "Dana Whitcomb",
        ago=32,
        job_title="Features editor",
        employer="Valley Courier",
        field="Journalism",
        email="dana.whitcomb@valleycourier.example",
        phone="(413) 555-0133",
        address="115 Foundry Street, Northampton, MA",
        source=Source.REFERRAL,
        source_note="Prof. Ortiz, after class",
        referred_by=referred_by,
        name_permission=NamePermission.YES,
        why="She edited the series on the dam that made me want to do this.",
    )
    talk = life.asks(
        dana,
        ago=15,
        said="Wrote that Prof. Ortiz sent me, what I study, and that twenty minutes would do.",
        is_shared=True,
    )
    life.agrees(
        talk,
        ago=12,
        meets_ago=2,
        clock=time(9, 30),
        place="The bakery across from the newsroom",
        said="“Gladly. Come before the morning meeting and I will show you the room.”",
    )
    life.holds(
        talk,
        ago=2,
        notes="She pitches a place, not a topic. Cut adjectives. The summer desk takes "
        "applications in February, before anybody announces it. Named Tomás and Samuel.",
    )
    writing.writes_up(life, talk, words.AFTER_DANA, ago=1)
    return dana


def _meets_this_week(life: Life, *, referred_by: Contact) -> None:
    tomas = life.knows(
        "Tomás Rivera",
        ago=9,
        job_title="Producer",
        employer="Harbor Public Radio",
        field="Audio",
        email="trivera@harborradio.example",
        phone="(617) 555-0178",
        source=Source.REFERRAL,
        referred_by=referred_by,
        name_permission=NamePermission.YES,
    )
    talk = life.asks(tomas, ago=8, said="Dana told me how he makes an hour out of forty tapes.")
    life.agrees(
        talk,
        ago=5,
        meets_ago=-2,
        clock=time(10, 30),
        format=Interview.Format.PHONE,
        minutes=20,
        place="(413) 555-0142",
        said="He is on the road all week. Twenty minutes between two recordings.",
    )
    writing.ranks_questions(talk, own="How do you decide which of the forty tapes to leave out?")


def _waits_for_her_call(life: Life, *, referred_by: Contact) -> None:
    samuel = life.knows(
        "Samuel Adjei",
        ago=7,
        job_title="Acquisitions editor",
        employer="Longshore Press",
        field="Publishing",
        phone="(212) 555-0119",
        source=Source.REFERRAL,
        referred_by=referred_by,
        name_permission=NamePermission.YES,
    )
    writing.asks_by_post(life, samuel, ago=6, call_in=6, blocks=words.TO_SAMUEL)


def _due_a_second_letter(life: Life) -> None:
    marcus = life.knows(
        "Marcus Bell",
        ago=70,
        job_title="Teacher",
        employer="Elm Street School",
        field="Education",
        email="mbell@elmstreet.example",
        source=Source.FAMILY,
        source_note="Aunt Ruth’s neighbor",
    )
    talk = life.asks(marcus, ago=60, channel=Channel.PHONE, said="He asked when, not why.")
    life.agrees(talk, ago=58, meets_ago=45, clock=time(16), place="His classroom, room 12")
    life.holds(
        talk,
        ago=45,
        notes="Write for one reader and read it aloud to her. He offered to look at a draft.",
        shared=True,
    )
    writing.writes_up(life, talk, words.AFTER_MARCUS, ago=44)
    writing.thanks_by_mail(life, talk, ago=43)
    writing.followed(life, talk, ago=20, note="My roommate heard it twice and laughed once.")


def _late_with_a_second_letter(life: Life) -> None:
    aiko = life.knows(
        "Aiko Hartmann",
        ago=85,
        job_title="Rights manager",
        employer="Little Fox Books",
        field="Publishing",
        email="aiko@littlefox.example",
        source=Source.EVENT,
        source_note="Sat behind me at the book fair",
    )
    talk = life.asks(aiko, ago=80, said="Asked what a rights manager does before lunch.")
    life.agrees(
        talk,
        ago=76,
        meets_ago=63,
        clock=time(12),
        format=Interview.Format.VIDEO,
        place="Her link, in the calendar",
    )
    life.holds(talk, ago=63, notes="Languages open this door. Spend a term abroad if I can.")
    writing.writes_up(life, talk, words.AFTER_AIKO, ago=62)
    writing.thanks_by_mail(life, talk, ago=61)


def _kept_in_touch(life: Life) -> None:
    alum = Alum.objects.filter(consent=Consent.YES).order_by("id").first()
    if alum is None:
        return
    contact = life.finds(alum, ago=88)
    talk = life.asks(contact, ago=87, said="Found in the directory. Same college, same first job.")
    life.agrees(
        talk,
        ago=84,
        meets_ago=78,
        clock=time(11),
        format=Interview.Format.VIDEO,
        place="The link is in the mail",
    )
    life.holds(talk, ago=78, notes="Liked hearing how the first year goes wrong for everybody.")
    life.thanks(talk, ago=76)
    life.writes_again(talk, ago=35)
    life.logs(
        contact,
        Channel.EMAIL,
        ago=34,
        direction=Direction.IN,
        said="Was glad to hear that the clips are done, and wants to see the next one.",
        is_shared=True,
    )


def _could_not(life: Life) -> None:
    bea = life.knows(
        "Beatriz Novák",
        ago=25,
        job_title="Reporter",
        employer="North Ferry News",
        field="Journalism",
        source=Source.ONLINE,
        source_note="Her piece on the night ferry",
    )
    talk = life.asks(bea, ago=24, said="Said what I liked about the piece, and asked.")
    life.logs(
        bea,
        Channel.EMAIL,
        ago=20,
        direction=Direction.IN,
        outcome=Outcome.DECLINED,
        said="On leave until spring. She was kind about it.",
    )
    life.moves(talk, State.DECLINED, ago=20)
    life.logs(bea, Channel.EMAIL, ago=19, outcome=Outcome.THANKED)


def _not_asked_yet(life: Life) -> None:
    wen = life.knows(
        "Wen Li",
        ago=4,
        field="Archives",
        source=Source.HAIRDRESSER,
        source_note="Cuts my hair; his sister",
    )
    writing.begins_a_letter(life, wen, ago=1, blocks=words.TO_WEN)
    life.knows("The woman with the maps, seat 14C", ago=2, source=Source.TRAVEL)
