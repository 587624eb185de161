"""A college in which every page has something on it, and who walks through it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import OfficeSettings, Term
from advising import actions as advising
from advising.models import Goal
from alumni import actions as alumni
from alumni import links
from alumni.actions import campaigns
from alumni.actions.desk import change
from alumni.importing.mapping import Mapping
from alumni.models import Campaign, DuplicatePair
from contacts import actions as contacts
from contacts.actions import own_imports as own_people
from insights import actions as insights
from insights.models import SharedAdvice
from interviews import actions as interviews
from letters import actions as letters
from reminders import kinds
from reminders import links as reminder_links
from reminders.models import Reminder, TermBreak
from reports.actions import keep_fresh
from roster import actions as roster
from roster.models import RosterMail, StudentList
from tests.factories import (
    AdviceFactory,
    AlumFactory,
    AssignmentRuleFactory,
    CalendarFeedFactory,
    ContactFactory,
    LetterFactory,
    LetterReviewFactory,
    PreparedQuestionFactory,
    QuestionFactory,
    RequestFactory,
    ResumeFactory,
    StudentProfileFactory,
    TermFactory,
    UnknownWordFactory,
)
from tests.test_every_door import checked_students, graduate

NEW_STUDENTS = (
    b"Name,E-mail,Class,Advisor\nWen Li,wen@example.edu,2027,nobody@example.edu\nNobody,,,\n"
)
OWN_PEOPLE = "Name,Company,E-mail,Phone\nWen Li,Archive,,\nAnn Lee,,ann@example.org,\n,,,555-0100\n"
LIST = "Name,E-mail,Class year\nImani Brooks,imani@example.org,2011\nRosa,rosa@example.org,189\n"


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """The test server serves files by their own names, not by hashed ones."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def checked_list(name, *, by, at):
    listed = alumni.upload_list(by=by, file_name=name, content=LIST.encode(), at=at)
    alumni.set_mapping(listed, mapping=Mapping.from_json(listed.mapping))
    alumni.check_import(listed.pk, at=at)
    return listed


def make_twice(alum, *, of_import, by, at) -> DuplicatePair:
    """A pair to look at, one that was said to be two people, and one that was merged."""
    known = AlumFactory(
        name="Bob Smith", employer="NEPM", email="bob@example.org", class_year=1998,
        majors=["Film"], consent="NO", paused_until=date(2999, 2, 1),
    )  # fmt: skip
    newcomer = AlumFactory(
        name="Robert Q. Smith", employer="Valley Courier", email="rs@example.com", class_year=1998,
        majors=["Law"], phone="+14135550136", hidden_fields=["phone", "email"],
    )  # fmt: skip
    twice = DuplicatePair.objects.create(
        one=known, other=newcomer, score=88, found_at=at, of_import=of_import,
        reasons=["Bob and Robert can be one name", "Both of the class of 1998"],
    )  # fmt: skip
    DuplicatePair.objects.create(
        one=alum, other=newcomer, score=60, found_at=at, apart_at=at, apart_by=by
    )
    alumni.merge(*AlumFactory.create_batch(2, name="Ana Ruiz"), choices={}, by=by, at=at)
    return twice


def hear_of_advisor(advisor, letter, *, at):
    """A comment, a note, a mail, goals; a letter that was read, with a word about a passage."""
    student, days = letter.student, {"from_on": at.date(), "until_on": at.date()}
    Goal.objects.create(advisor=advisor, **days)
    Goal.objects.create(name="Five talks", target=5, **days)
    comment = advising.remark(advisor, student, kind="COMMENT", text="Well begun.", at=at)
    advising.remark(advisor, student, kind="NOTE", text="Seems shy.", at=at)
    advising.nudge(advisor, [student], subject="Your note", text="Mail it.", at=at)
    reviewed = LetterReviewFactory(
        letter=LetterFactory(contact=letter.contact, blocks=letter.blocks), answered_at=at,
        verdict="CHANGES", reviewer=advisor,
    )  # fmt: skip
    reviewed.passages.create(start=0, end=4, comment="Warm.")
    return comment, reviewed


def share_advice(student) -> str:
    advice = AdviceFactory(interview__contact__student=student)
    insights.share(advice, text="Read aloud.", field="Journalism")
    return f"/insights/mine/{advice.pk}/"


def roster_pages(student, *, at) -> list[str]:
    rule = AssignmentRuleFactory(interests=["Journalism"])
    under_way = checked_students(NEW_STUDENTS)
    roster.start_students(under_way, leave=False, at=at)
    listed, done = (checked_students(NEW_STUDENTS).get_absolute_url() for _ in range(2))
    roster.apply_students(StudentList.objects.order_by("pk").last(), leave=False, at=at)
    RosterMail.objects.update(failed_at=at, server_words="550 no such user")
    graduation, shared = graduate(student), SharedAdvice.objects.get()
    year = student.profile.class_year
    return [
        "/insights/", "/insights/review/", "/insights/review/?published",
        f"/insights/review/{shared.pk}/", "/roster/graduation/", f"/roster/graduation/{year}/",
        graduation.get_absolute_url(),
        "/roster/", "/roster/students/", "/roster/students/?q=nobody-at-all", "/roster/rules/",
        "/roster/rules/new/", rule.get_absolute_url(), "/roster/rules/preview/?also_decided=1",
        "/roster/lists/", "/roster/lists/new/", listed, f"{listed}match/",
        f"{listed}?show=leaving", under_way.get_absolute_url(), done, f"{done}undo/",
        "/roster/mail/",
    ]  # fmt: skip


@pytest.fixture
def world(student, advisor, staff, administrator):
    """A student in the middle of things, and a list in the middle of an import."""
    now = timezone.now()
    OfficeSettings.current()
    StudentProfileFactory(student=student, fields_of_interest=["Journalism"], class_year=2027)
    alum = AlumFactory(fields_of_work=["Journalism"], employer="Valley Courier", majors=["Film"])
    term, _ = TermFactory(spellings=["Hawking"]), UnknownWordFactory()
    dana = contacts.add_from_alum(student, alum=alum)
    wen = ContactFactory(student=student, name="Wen Li", referred_by=dana, why="Knows archives.")
    twin = ContactFactory(student=student, name="Li Wen", why="Met at the fair.")
    merged = contacts.merge(
        *ContactFactory.create_batch(2, student=student, name="Rosa"), choices={}, at=now
    )
    contacts.say_two_people(dana, merged.kept)
    call = contacts.log_interaction(
        wen, at=now, happened_on=date(2026, 3, 2), channel="EMAIL", direction="OUT",
        said="Dear Wen",        promised_call_on=date(2026, 3, 9),
    )  # fmt: skip
    held = interviews.begin(dana, at=now)
    interviews.hold(held, held_on=(now - timedelta(days=9)).date(), at=now)
    ahead = interviews.begin(wen, at=now)
    interviews.ask(ahead, at=now)
    interviews.agree(
        ahead, starts_at=now + timedelta(days=2), minutes=20, format="PHONE", place="I call", at=now
    )
    listed = checked_list("list.csv", by=staff, at=now)
    done = checked_list("alumni_of_all_classes_FINAL_final_2.csv", by=staff, at=now)
    alumni.run_import(done.pk, at=now)
    brought = own_people.read_own_people(
        student, file_name="people.csv", content=OWN_PEOPLE.encode(), at=now
    )
    added = own_people.read_own_people(
        student, file_name="added.csv", content=OWN_PEOPLE.encode(), at=now
    )
    own_people.add_chosen(added, at=now)
    letter = letters.draft(wen, kind="REQUEST", at=now)
    sent = LetterFactory(contact=dana, state="SENT", sent_on=date(2026, 3, 2), blocks=letter.blocks)
    review = LetterReviewFactory(letter=LetterFactory(contact=dana, state="IN_REVIEW"))
    review.passages.create(start=0, end=4, comment="Warm.")
    question = QuestionFactory(why="A story, and in it the skills.")
    retired = QuestionFactory(is_active=False)
    PreparedQuestionFactory(interview=ahead, source=retired)
    PreparedQuestionFactory.create_batch(6, interview=ahead)
    CalendarFeedFactory(student=student)
    ResumeFactory(student=student, comment="Shorter, please.", reviewed_by=advisor)
    taken = AlumFactory(email="kim@example.org", paused_until=date(2999, 2, 1))
    asked = {
        state: RequestFactory(
            student=student, state=state, asked_at=now, alum=AlumFactory(email=f"{state}@b.org"),
            offered_times=[now + timedelta(days=3)], call_number="413 555 0119", named_name="Ann",
        )
        for state in ("PENDING", "ACCEPTED", "CALL", "DECLINED", "EXPIRED", "WITHDRAWN")
    }  # fmt: skip
    at_desk = RequestFactory(student=student, asked_at=now, expires_at=now + timedelta(days=14))
    late = RequestFactory(student=student, asked_at=now - timedelta(days=15), expires_at=now)
    answered = RequestFactory(
        student=student, state="ACCEPTED", asked_at=now, expires_at=now + timedelta(days=14),
        offered_times=[now + timedelta(days=2)],
    )  # fmt: skip
    desk = f"/desk/{links.sign(at_desk.alum, at=now, request=at_desk)}"
    change(at_desk.alum, to={"employer": "NEPM"}, at=now)
    AlumFactory(consent="UNKNOWN", email="unasked@example.org")
    draft, running = Campaign.objects.create(), Campaign.objects.create(words="Hello.")
    campaigns.start(running, at=now)
    TermBreak.objects.create(name="Spring break", first_on=now, last_on=now)
    of_term = counted_term(at=now)
    due = Reminder.objects.filter(kind="THANK_YOU", recipient=student).first()
    comment, reviewed = hear_of_advisor(advisor, letter, at=now)
    leaving = reminder_links.sign_to_unsubscribe(student, [kinds.get("TALK")], at=now)
    twice = make_twice(alum, of_import=done, by=staff, at=now)
    alumni.compare_import(done.pk, at=now)
    return {
        "nobody": ["/desk/", "/desk/sent/", "/desk/removed/", "/desk/nothing.here/",
                   f"{desk}/", f"{desk}/yes/", f"{desk}/call/", f"{desk}/no/", f"{desk}/pause/",
                   f"{desk}/how/", f"{desk}/record/", f"{desk}/directory/", f"{desk}/remove/",
                   f"/desk/{links.sign(late.alum, at=now, request=late)}/",
                   f"/desk/{links.sign(answered.alum, at=now, request=answered)}/",
                   f"/desk/{links.sign(alum, at=now)}/", "/accounts/login/",
                   f"/reminders/{reminder_links.sign_to_act(due, at=now)}/", "/reminders/none.x/",
                   f"/reminders/{leaving}/unsubscribe/", "/accounts/password/reset/",
                   "/accounts/signup/", "/mail/",
                   "/accounts/password/reset/done/", "/accounts/password/reset/key/1-key/"],
        "student": ["/", "/accounts/profile/", "/accounts/looks/", "/accounts/logout/",
                    "/roster/after/", "/insights/", "/insights/mine/", share_advice(student),
                    "/accounts/password/change/", "/accounts/email/", "/alumni/",
                    "/alumni/?q=nobody-at-all", f"/alumni/{alum.pk}/", "/contacts/",
                    "/contacts/new/", dana.get_absolute_url(), wen.get_absolute_url(),
                    f"/contacts/{wen.pk}/edit/", f"/contacts/{wen.pk}/delete/",
                    "/contacts/brainstorm/", "/contacts/duplicates/",
                    f"/contacts/{wen.pk}/merge/{twin.pk}/", merged.kept.get_absolute_url(),
                    f"/contacts/{wen.pk}/log/", f"/contacts/interactions/{call.pk}/edit/",
                    "/interviews/", f"/interviews/new/{wen.pk}/", held.get_absolute_url(),
                    ahead.get_absolute_url(), f"/interviews/{ahead.pk}/agree/",
                    f"/interviews/call/{wen.pk}/", f"/interviews/call/{wen.pk}/bad-time/",
                    f"/interviews/call/{wen.pk}/unanswered/",
                    f"/interviews/call/{wen.pk}/declined/", f"/interviews/{ahead.pk}/confirm/",
                    f"/interviews/{held.pk}/confirm/",
                    f"/interviews/{held.pk}/live/", f"/interviews/{ahead.pk}/live/",
                    f"/interviews/{held.pk}/debrief/", f"/interviews/{held.pk}/advice/",
                    f"/interviews/{ahead.pk}/debrief/", f"/interviews/{ahead.pk}/advice/",
                    f"/interviews/{held.pk}/hold/", f"/interviews/{held.pk}/thank/",
                    f"/interviews/{held.pk}/follow-up/", f"/interviews/{held.pk}/notes/",
                    f"/interviews/{ahead.pk}/questions/", f"/interviews/{ahead.pk}/day/",
                    f"/interviews/{held.pk}/questions/", f"/interviews/{held.pk}/day/",
                    "/letters/resume/", "/letters/resume/delete/",
                    "/letters/", f"/letters/new/{dana.pk}/", letter.get_absolute_url(),
                    sent.get_absolute_url(), f"/letters/{letter.pk}/send/",
                    f"/letters/{letter.pk}/print/", f"/letters/{letter.pk}/delete/",
                    f"/letters/{letter.pk}/review/", review.letter.get_absolute_url(),
                    "/record/", "/record/?q=wen", "/record/tree/", "/record/cards/",
                    "/record/cards/?who=ticked&paper=letter", "/record/binder/",
                    "/contacts/imports/", "/contacts/imports/new/", brought.get_absolute_url(),
                    f"/contacts/imports/{brought.pk}/?q=nobody", added.get_absolute_url(),
                    f"/contacts/imports/{added.pk}/done/", f"/contacts/imports/{added.pk}/undo/",
                    f"/alumni/{taken.pk}/", f"/letters/ask/{taken.pk}/", "/contacts/requests/",
                    f"/letters/ask/{asked['EXPIRED'].alum_id}/",
                    *(f"/contacts/requests/{one.pk}/" for one in asked.values()),
                    "/not-there/", "/accounts/office/",
                    "/reminders/", "/reminders/choices/", "/today/calendar/", "/advising/words/",
                    reviewed.letter.get_absolute_url()],
        "empty": ["/advising/words/",
                  "/letters/resume/",
                  "/", "/contacts/", "/interviews/", "/accounts/looks/", "/accounts/profile/",
                  "/contacts/imports/", "/contacts/brainstorm/", "/contacts/duplicates/",
                  "/contacts/requests/", "/today/calendar/",
                  "/letters/", "/record/", "/record/tree/", "/record/cards/", "/record/binder/"],
        "advisor": ["/", "/?why=THANK_YOU&sort=name", "/?q=nobody-at-all", "/?year=1850",
                    f"/advising/students/{student.pk}/",
                    f"/advising/students/{student.pk}/letters/",
                    f"/advising/students/{student.pk}/people/", f"/advising/remarks/{comment.pk}/",
                    f"/advising/write/?to={student.pk}", "/advising/goals/",
                    *(f"/advising/goals/{goal.pk}/" for goal in Goal.objects.all()),
                    *(f"/advising/goals/{goal.pk}/edit/" for goal in advisor.goals.all()),
                    f"/advising/goals/new/?to={student.pk}", "/alumni/", f"/alumni/{alum.pk}/",
                    "/letters/reviews/", f"/letters/reviews/{review.pk}/",
                    f"/letters/reviews/{reviewed.pk}/",
                    f"/letters/resume/{student.pk}/review/"],
        "idle": ["/", "/letters/reviews/", "/advising/goals/"],
        "staff": ["/reports/terms/", of_term, "/reports/", "/reports/?by=major&show=replied",
                  "/reports/alumni/", "/reports/taken/",
                  "/advising/goals/", "/advising/goals/new/",
                  *(f"/advising/goals/{goal.pk}/" for goal in Goal.objects.filter(advisor=None)),
                  "/reminders/breaks/", "/reminders/choices/",
                  *(f"/reminders/breaks/{free.pk}/drop/" for free in TermBreak.objects.all()),
                  f"/alumni/{at_desk.alum_id}/desk/", f"/alumni/{alum.pk}/desk/",
                  "/alumni/campaign/", "/alumni/campaign/new/", draft.get_absolute_url(),
                  running.get_absolute_url(),
                  "/interviews/bank/", f"/interviews/bank/{question.pk}/",
                  f"/interviews/bank/{retired.pk}/", "/interviews/bank/new/",
                  "/interviews/bank/?q=nothing-at-all",
                  "/alumni/goodwill/", "/alumni/goodwill/?all=never",
                  "/alumni/duplicates/", "/alumni/duplicates/?apart", twice.get_absolute_url(),
                  f"/alumni/duplicates/?import={listed.pk}",
                  "/alumni/vocabulary/", "/alumni/vocabulary/?kind=employer",
                  "/alumni/vocabulary/new/", term.get_absolute_url(),
                  f"{term.get_absolute_url()}merge/",
                  "/", "/alumni/", f"/alumni/{alum.pk}/", f"/alumni/{alum.pk}/edit/",
                  "/alumni/new/", "/alumni/exports/", "/alumni/imports/", "/alumni/imports/new/",
                  listed.get_absolute_url(), f"/alumni/imports/{listed.pk}/match/",
                  f"/alumni/imports/{listed.pk}/check/",
                  f"/alumni/imports/{listed.pk}/check/3/", done.get_absolute_url(),
                  f"/alumni/imports/{done.pk}/undo/", "/accounts/office/", "/today/undeliverable/",
                  "/today/wording/", "/today/wording/THANK_YOU/",
                  f"/roster/students/{student.pk}/", *roster_pages(student, at=now)],
    }  # fmt: skip


def counted_term(*, at) -> str:
    """The reports have numbers, of this term too."""
    term = Term.objects.create(name="Fall", first_on=at, last_on=at)
    keep_fresh(at=at)
    return f"/reports/terms/{term.pk}/"


@pytest.fixture
def people(student, other_student, advisor, other_advisor, staff):
    return {
        "nobody": None, "student": student, "empty": other_student, "advisor": advisor,
        "idle": other_advisor, "staff": staff,
    }  # fmt: skip
