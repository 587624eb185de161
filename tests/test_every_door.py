"""Every URL name, everybody, GET and POST: against a table that is written by hand.

A URL name without a row fails, and so does a row without a URL. The numbers are answers to a GET
and to an empty POST, in the order of PEOPLE; 302 of nobody is the way to the log-in.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Role, Term
from advising import actions as advising
from advising.models import Goal
from alumni import actions as alumni
from alumni import links
from alumni.models import Alum, AlumniMail, Campaign, DuplicatePair, ImportRow
from careerhub.embedded.mail import mail_folder
from contacts import actions as contacts
from contacts.actions import own_imports as own_people
from contacts.models import NotTheSame
from core.models import MarkedAddress
from insights import actions as insights
from interviews import actions as interviews
from reminders import kinds
from reminders import links as reminder_links
from reminders.models import Reminder, TermBreak
from roster import actions as roster
from roster.models import Graduate, Graduation, RosterMail, StudentList
from tests.factories import (
    AdviceFactory,
    AlumFactory,
    AssignmentRuleFactory,
    CalendarFeedFactory,
    CaseloadFactory,
    ContactFactory,
    LetterFactory,
    LetterReviewFactory,
    QuestionFactory,
    RequestFactory,
    ResumeFactory,
    StudentProfileFactory,
    TermFactory,
    UnknownWordFactory,
    UserFactory,
)


def checked_students(content: bytes) -> StudentList:
    now = timezone.now()
    of_list = roster.upload_students(by=None, file_name="s.csv", content=content, at=now)
    roster.check_students(of_list, columns=of_list.columns, at=now)
    return of_list


def graduate(student) -> Graduation:
    """On paper alone: they keep the advisor that other doors expect."""
    graduation = Graduation.objects.create(class_year=2027, graduated_on=date(2027, 6, 1))
    Graduate.objects.create(graduation=graduation, student=student)
    return graduation


PEOPLE = (
    "nobody", "owner", "other_student", "own_advisor", "other_advisor", "staff", "administrator",
)  # fmt: skip


class Door(NamedTuple):
    get: str
    post: str


# One letter for each of PEOPLE, in that order.
CODES = {
    ".": 200,  # shown
    ">": 302,  # sent on: to the log-in, or to the page that follows the deed
    "!": 422,  # the form again, with its errors
    "x": 403,  # may be seen or known of, and not done
    "?": 404,  # not there for this person
    "-": 405,  # there is no such verb
    "~": 409,  # things are not as they were shown: the page as it is now
}
ALL_PUBLIC = "......."
NO_POST = ">------"

DOORS = {
    "home": Door(">......", NO_POST),
    "healthz": Door(ALL_PUBLIC, "-------"),
    "readyz": Door(ALL_PUBLIC, "-------"),
    # Without a token in the settings it is not there for anybody
    "metrics": Door("???????", "-------"),
    "mail_list": Door(ALL_PUBLIC, "-------"),
    "mail_detail": Door(ALL_PUBLIC, "-------"),
    "admin_login": Door(">xxxxx>", NO_POST),
    # Without a secret in the settings no mail service may post
    "mail_events": Door("-------", "???????"),
    # Accounts
    "accounts:profile": Door(">......", ">!!!!!!"),
    "accounts:looks": Door(">..xxxx", NO_POST),
    "accounts:theme": Door("-------", ">>>>>>>"),
    # The owner's address came back; once they said that it works, there is no mark for staff
    "accounts:address_works": Door(">------", ">>?????"),
    "accounts:office_settings": Door(">xxxx..", ">xxxx!!"),
    # The directory; its alum agreed to be asked
    "alumni:list": Door(">......", NO_POST),
    "alumni:detail": Door(">......", NO_POST),
    "alumni:create": Door(">xxxx..", ">xxxx!!"),
    "alumni:edit": Door(">xxxx..", ">xxxx!!"),
    "alumni:goodwill": Door(">xxxx..", NO_POST),
    # A deed without a format is sent back to the list
    "alumni:export": Door(">------", ">xxxx>>"),
    "alumni:export_list": Door(">xxxx..", NO_POST),
    "alumni:import_list": Door(">xxxx..", NO_POST),
    "alumni:import_upload": Door(">xxxx..", ">xxxx!!"),
    "alumni:import_detail": Door(">xxxx..", NO_POST),
    "alumni:import_match": Door(">xxxx..", ">xxxx!!"),
    "alumni:import_check": Door(">xxxx>>", NO_POST),
    "alumni:import_correct": Door(">xxxx..", ">xxxx>>"),
    "alumni:import_stop": Door(">------", ">xxxx>>"),
    "alumni:import_start": Door(">------", ">xxxx>>"),
    "alumni:import_progress": Door(">xxxx..", NO_POST),
    "alumni:import_rejected": Door(">xxxx..", NO_POST),
    "alumni:import_undo": Door(">xxxx..", ">xxxx>>"),
    # The office asks alumni, and sees what they changed on their desks
    "alumni:desk": Door(">xxxx..", NO_POST),
    "alumni:desk_send_link": Door(">------", ">xxxx>>"),
    "alumni:desk_revoke": Door(">------", ">xxxx>>"),
    "alumni:mail_again": Door(">------", ">xxxx>>"),
    "alumni:campaign_list": Door(">xxxx..", NO_POST),
    "alumni:campaign_create": Door(">xxxx..", ">xxxx!!"),
    "alumni:campaign_detail": Door(">xxxx..", NO_POST),
    "alumni:campaign_start": Door(">------", ">xxxx>>"),
    "alumni:campaign_pause": Door(">------", ">xxxx>>"),
    "alumni:campaign_go_on": Door(">------", ">xxxx>>"),
    "alumni:campaign_stop": Door(">------", ">xxxx>>"),
    # An alum's desk is open to whoever holds its link, and to nobody else
    "desk:start": Door(ALL_PUBLIC, "!!!!!!!"),
    "desk:sent": Door(ALL_PUBLIC, "-------"),
    "desk:removed": Door(ALL_PUBLIC, "-------"),
    "desk:home": Door(ALL_PUBLIC, "-------"),
    "desk:accept": Door(ALL_PUBLIC, "!!!!!!!"),
    "desk:call": Door(ALL_PUBLIC, "!!!!!!!"),
    # Nothing more to say than that they cannot is an answer.
    "desk:decline": Door(ALL_PUBLIC, ">>>>>>>"),
    "desk:pause": Door(ALL_PUBLIC, "!!!!!!!"),
    "desk:terms": Door(ALL_PUBLIC, "!!!!!!!"),
    "desk:record": Door(ALL_PUBLIC, "!!!!!!!"),
    "desk:consent": Door(ALL_PUBLIC, "!!!!!!!"),
    # Once they are removed, the link leads nowhere
    "desk:remove": Door(ALL_PUBLIC, ">??????"),
    "desk:fresh": Door("-------", ">>>>>>>"),
    "desk:unsubscribe": Door(">>>>>>>", "......."),
    # The office's words
    "alumni:vocabulary": Door(">xxxx..", NO_POST),
    "alumni:term_add": Door(">xxxx..", ">xxxx!!"),
    "alumni:term": Door(">xxxx..", ">xxxx!!"),
    # Gone after the first time
    "alumni:term_remove": Door(">------", ">xxxx>?"),
    "alumni:term_merge": Door(">xxxx..", ">xxxx!!"),
    "alumni:unknown_word": Door(">------", ">xxxx>>"),
    # Who may be in the directory twice. A name must be chosen, so that nothing merges
    "alumni:duplicates": Door(">xxxx..", NO_POST),
    "alumni:duplicates_find": Door(">------", ">xxxx>>"),
    "alumni:duplicate": Door(">xxxx..", ">xxxx!!"),
    "alumni:duplicate_apart": Door(">------", ">xxxx>>"),
    "alumni:duplicate_again": Door(">------", ">xxxx>>"),
    "alumni:merge_undo": Door(">------", ">xxxx>>"),
    # A student's contacts: the advisor of the caseload reads elsewhere
    "contacts:list": Door(">..xxxx", NO_POST),
    "contacts:quick_add": Door(">------", ">!!xxxx"),
    "contacts:create": Door(">..xxxx", ">!!xxxx"),
    "contacts:from_alum": Door(">------", ">>>xxxx"),
    "contacts:detail": Door(">.?x???", NO_POST),
    "contacts:edit": Door(">.?x???", ">!?x???"),
    "contacts:delete": Door(">.?x???", ">>?x???"),
    "contacts:log": Door(">.?x???", ">!?x???"),
    "contacts:edit_interaction": Door(">.?x???", ">!?x???"),
    "contacts:delete_interaction": Door(">------", ">>?x???"),
    "contacts:call_made": Door(">------", ">>?x???"),
    "contacts:name_permission": Door(">------", ">>?x???"),
    # A circle must be named
    "contacts:brainstorm": Door(">..xxxx", ">??xxxx"),
    "contacts:duplicates": Door(">..xxxx", NO_POST),
    "contacts:not_the_same": Door(">------", ">>?x???"),
    "contacts:maybe_the_same": Door(">------", ">>?xxxx"),
    "contacts:merge": Door(">.?x???", ">!?x???"),
    "contacts:undo_merge": Door(">------", ">>?xxxx"),
    # A request to an alum is there for nobody else
    "letters:ask": Door(">>.xxxx", ">!!xxxx"),
    "contacts:requests": Door(">..xxxx", NO_POST),
    "contacts:request": Door(">.?????", NO_POST),
    "contacts:request_withdraw": Door(">------", ">>?????"),
    "contacts:request_take_time": Door(">------", ">>?????"),
    "contacts:request_named": Door(">------", ">>?????"),
    # A file of their own people is there for nobody else
    "contacts:import_list": Door(">..xxxx", NO_POST),
    "contacts:import_upload": Door(">..xxxx", ">!!xxxx"),
    "contacts:import_detail": Door(">.?????", NO_POST),
    "contacts:import_choose": Door(">------", ">>?????"),
    "contacts:import_add": Door(">------", ">!?????"),
    "contacts:import_done": Door(">.?????", NO_POST),
    "contacts:import_undo": Door(">.?????", ">>?????"),
    "contacts:import_forget": Door(">------", ">>?????"),
    "contacts:import_left_out": Door(">.?????", NO_POST),
    # Their interviews
    "interviews:list": Door(">..xxxx", NO_POST),
    "interviews:create": Door(">.?x???", ">!?x???"),
    "interviews:detail": Door(">.?x???", NO_POST),
    "interviews:agree": Door(">.?x???", ">!?x???"),
    "interviews:call": Door(">.?x???", ">!?x???"),
    "interviews:call_bad_time": Door(">.?x???", ">!?x???"),
    "interviews:call_unanswered": Door(">.?x???", ">!?x???"),
    # Nothing more to say than that they cannot is an answer.
    "interviews:call_declined": Door(">.?x???", ">>?x???"),
    "interviews:confirm": Door(">.?x???", ">!?x???"),
    "interviews:move": Door(">------", ">>?x???"),
    "interviews:hold": Door(">.?x???", ">!?x???"),
    "interviews:thank": Door(">.?x???", ">!?x???"),
    "interviews:follow_up": Door(">.?x???", ">!?x???"),
    "interviews:live": Door(">.?x???", NO_POST),
    "interviews:live_start": Door(">------", ">>?x???"),
    "interviews:live_save": Door(">------", ">>?x???"),
    "interviews:live_done": Door(">------", ">>?x???"),
    # The script that keeps one page at hand; it says nothing of anybody.
    "interviews:live_worker": Door(">......", NO_POST),
    "interviews:debrief": Door(">.?x???", ">>?x???"),
    "interviews:advice": Door(">.?x???", ">>?x???"),
    "interviews:write_thank_you": Door(">------", ">>?x???"),
    "interviews:write_follow_up": Door(">------", ">>?x???"),
    "interviews:notes": Door(">.?x???", ">>?x???"),
    # What they prepare. Looking through the bank is a POST that changes nothing
    "interviews:questions": Door(">.?x???", ">.?x???"),
    "interviews:question_add": Door(">------", ">!?x???"),
    "interviews:question_pick": Door(">------", ">>?x???"),
    "interviews:question_take_over": Door(">------", ">>?x???"),
    "interviews:question_move": Door(">------", ">>?x???"),
    "interviews:question_order": Door(">------", ">>?x???"),
    "interviews:question_remove": Door(">------", ">>?x???"),
    "interviews:question_put_back": Door(">------", ">>?x???"),
    "interviews:day": Door(">.?x???", ">>?x???"),
    "interviews:day_pdf": Door(">.?x???", NO_POST),
    # A talk without a time has no calendar file
    "interviews:calendar": Door(">??x???", NO_POST),
    # The office keeps the bank of questions
    "interviews:bank": Door(">xxxx..", NO_POST),
    "interviews:bank_add": Door(">xxxx..", ">xxxx!!"),
    "interviews:bank_edit": Door(">xxxx..", ">xxxx!!"),
    "interviews:bank_move": Door(">------", ">xxxx>>"),
    # Their letters; the advisor reads what is sent for review, on a page of its own
    "letters:list": Door(">..xxxx", NO_POST),
    "letters:create": Door(">.?x???", ">>?x???"),
    "letters:detail": Door(">.?x???", ">>?x???"),
    "letters:delete": Door(">.?x???", ">>?x???"),
    "letters:print": Door(">.?x???", NO_POST),
    "letters:send": Door(">.?x???", ">!?x???"),
    "letters:take_back": Door(">------", ">>?x???"),
    "letters:try_again": Door(">------", ">>?x???"),
    "letters:ask_review": Door(">>?x???", ">>?x???"),
    "letters:take_back_review": Door(">------", ">>?x???"),
    "letters:reviews": Door(">xx..xx", NO_POST),
    "letters:review": Door(">x?.???", ">x?!???"),
    "letters:say_about": Door(">------", ">x?!???"),
    # Their own advisor takes it away, before the owner asks
    "letters:say_no_more": Door(">------", ">??>???"),
    # The résumé: the advisor may open it, and answers on a page of its own
    "letters:resume": Door(">..xxxx", ">!!xxxx"),
    "letters:resume_delete": Door(">.>xxxx", ">>>xxxx"),
    "letters:resume_file": Door(">.?.???", NO_POST),
    "letters:resume_review": Door(">x?.???", ">x?!???"),
    # A student's whole record, theirs alone
    "records:search": Door(">..xxxx", NO_POST),
    "records:tree": Door(">..xxxx", NO_POST),
    "records:cards": Door(">..xxxx", NO_POST),
    "records:cards_pdf": Door(">..xxxx", NO_POST),
    "records:binder": Door(">..xxxx", NO_POST),
    "records:binder_pdf": Door(">..xxxx", NO_POST),
    "records:export_csv": Door(">..xxxx", NO_POST),
    "records:export_vcards": Door(">..xxxx", NO_POST),
    "records:take_away": Door(">..xxxx", NO_POST),
    # A student's calendar; its address opens it for whoever has it
    "reminders:calendar": Door(">..xxxx", NO_POST),
    "reminders:calendar_make": Door(">------", ">>>xxxx"),
    "reminders:calendar_stop": Door(">------", ">>>xxxx"),
    "calendar_feed": Door(ALL_PUBLIC, "-------"),
    # The office's list of mail that failed
    "reminders:undeliverable": Door(">xxxx..", NO_POST),
    "reminders:try_again": Door(">------", ">xxxx??"),
    # The office's days before they are saved, and its words
    "reminders:rules_preview": Door(">------", ">xxxx!!"),
    "reminders:wording_list": Door(">xxxx..", NO_POST),
    "reminders:wording_edit": Door(">xxxx..", ">xxxx!!"),
    "reminders:wording_restore": Door(">------", ">xxxx>>"),
    # What one is written about; the links in a mail are open to whoever holds them
    "post:notices": Door(">......", NO_POST),
    "post:choices": Door(">......", ">!!!!!!"),
    "post:breaks": Door(">xxxx..", ">xxxx!!"),
    "post:break_preview": Door(">------", ">xxxx!!"),
    "post:drop_break": Door(">xxxx..", ">xxxx>?"),
    "post:act": Door(ALL_PUBLIC, "!!!!!!!"),
    "post:unsubscribe": Door(ALL_PUBLIC, "......."),
    # The advisor's page of one student
    "advising:student": Door(">x?.???", NO_POST),
    # The office's reports, and the terms they are cut by; a term is gone after the first time
    "reports:students": Door(">xxxx..", NO_POST),
    "reports:alumni": Door(">xxxx..", NO_POST),
    "reports:take_csv": Door(">------", ">xxxx.."),
    "reports:take_alumni": Door(">------", ">xxxx.."),
    "reports:take_pack": Door(">------", ">xxxx.."),
    "reports:taken": Door(">xxxx..", NO_POST),
    "reports:terms": Door(">xxxx..", ">xxxx!!"),
    "reports:term": Door(">xxxx..", ">xxxx!!"),
    "reports:remove_term": Door(">------", ">xxxx>?"),
    "advising:spoken": Door(">------", ">x?>???"),
    "advising:unspoken": Door(">------", ">x?>???"),
    "advising:letters": Door(">x?.???", NO_POST),
    "advising:people": Door(">x?.???", NO_POST),
    "advising:remark_add": Door(">------", ">x?!???"),
    # A comment of the advisor's on the owner, who comes when it is gone
    "advising:remark": Door(">x?.???", ">x?!???"),
    "advising:remark_delete": Door(">------", ">??>???"),
    # Without anybody to write to it is sent back to the board
    "advising:write": Door(">xx>>xx", ">xx>>xx"),
    # A goal of the advisor's for the whole caseload; an advisor and the office set them
    "advising:goals": Door(">xx....", NO_POST),
    "advising:goal_create": Door(">xx....", ">xx!!!!"),
    "advising:goal": Door(">x?.???", NO_POST),
    "advising:goal_edit": Door(">x?.???", ">x?!???"),
    # Gone when the owner asks
    "advising:goal_delete": Door(">------", ">??>???"),
    # A student's own page of it
    "advising:words": Door(">..xxxx", NO_POST),
    "advising:words_read": Door(">------", ">>>xxxx"),
    # Advice without names: read by all, shared by its giver, reviewed by the office
    "insights:by_field": Door(">......", NO_POST),
    "insights:own": Door(">..xxxx", NO_POST),
    "insights:share": Door(">.?xxxx", ">!?xxxx"),
    "insights:withdraw": Door(">------", ">>?xxxx"),
    "insights:queue": Door(">xxxx..", NO_POST),
    # Nothing left is nothing to publish; nothing seen is not as it stands
    "insights:review": Door(">xxxx..", ">xxxx>>"),
    # The roster is the office's
    "roster:overview": Door(">xxxx..", NO_POST),
    "roster:students": Door(">xxxx..", NO_POST),
    "roster:student": Door(">xxxx..", NO_POST),
    # With nobody ticked, a sentence on the list
    "roster:assign": Door(">------", ">xxxx>>"),
    "roster:rules": Door(">xxxx..", NO_POST),
    "roster:rule_add": Door(">xxxx..", ">xxxx!!"),
    "roster:rule": Door(">xxxx..", ">xxxx!!"),
    "roster:rule_move": Door(">------", ">xxxx>>"),
    # Gone after the first time
    "roster:rule_drop": Door(">------", ">xxxx>?"),
    "roster:preview": Door(">xxxx..", NO_POST),
    # Without the digest of a preview nothing is applied: the preview is shown
    "roster:apply": Door(">------", ">xxxx~~"),
    "roster:lists": Door(">xxxx..", NO_POST),
    "roster:list_upload": Door(">xxxx..", ">xxxx!!"),
    "roster:list": Door(">xxxx..", NO_POST),
    # Empty answers match nothing
    "roster:list_match": Door(">xxxx..", ">xxxx!!"),
    "roster:list_apply": Door(">------", ">xxxx>>"),
    # Nobody is at work on it
    "roster:list_progress": Door(">xxxx>>", NO_POST),
    "roster:list_stop": Door(">------", ">xxxx>>"),
    "roster:list_keep": Door(">------", ">xxxx>>"),
    # It was not applied
    "roster:list_undo": Door(">xxxx>>", ">xxxx>>"),
    "roster:list_left_out": Door(">xxxx..", NO_POST),
    "roster:classes": Door(">xxxx..", NO_POST),
    "roster:class": Door(">xxxx..", NO_POST),
    "roster:class_go": Door(">------", ">xxxx>>"),
    "roster:graduation": Door(">xxxx..", NO_POST),
    "roster:graduation_undo": Door(">------", ">xxxx>>"),
    # The owner has graduated. Without a name and an e-mail nobody enters the directory
    "roster:after": Door(">.xxxxx", ">!xxxxx"),
    "roster:mail": Door(">xxxx..", NO_POST),
    "roster:mail_again": Door(">------", ">xxxx>>"),
    # allauth
    "account_login": Door(".>>>>>>", ".>>>>>>"),
    "account_logout": Door(">......", ">>>>>>>"),
    "account_inactive": Door(ALL_PUBLIC, "-------"),
    "account_signup": Door(".>>>>>>", ".>>>>>>"),
    "account_reauthenticate": Door(">......", ">......"),
    "account_email": Door(">......", ">>>>>>>"),
    "account_email_verification_sent": Door(ALL_PUBLIC, "-------"),
    "account_confirm_email": Door(ALL_PUBLIC, "???????"),
    "account_change_password": Door(">......", ">......"),
    "account_set_password": Door(">>>>>>>", ">>>>>>>"),
    "account_reset_password": Door(ALL_PUBLIC, "......."),
    "account_reset_password_done": Door(ALL_PUBLIC, "-------"),
    "account_reset_password_from_key": Door(ALL_PUBLIC, "......."),
    "account_reset_password_from_key_done": Door(ALL_PUBLIC, "-------"),
    "account_confirm_login_code": Door(">>>>>>>", ">>>>>>>"),
}
# Django's own pages, closed to all but administrators by one rule.
ADMIN = "admin:"


def url_names(resolver=None, prefix: str = "") -> set[str]:
    names = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            names |= url_names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            names.add(prefix + entry.name)
    return names


def test_every_url_name_has_its_row():
    ours = {name for name in url_names() if not name.startswith(ADMIN)}

    assert ours == set(DOORS)


@pytest.fixture(scope="module")
def people(made_once):
    """Made once, as the world is: five hundred doors take a minute, and not ten."""
    roles = [Role.STUDENT] * 2 + [Role.ADVISOR] * 2 + [Role.STAFF, Role.ADMINISTRATOR]
    everybody = [UserFactory(role=role) for role in roles]
    everybody[-1].is_superuser = True
    everybody[-1].save()
    owner, _, own_advisor, *_ = everybody
    CaseloadFactory(advisor=own_advisor, student=owner)
    return dict(zip(PEOPLE, [None, *everybody], strict=True))


@pytest.fixture(scope="module")
def first_files(tmp_path_factory):
    return tmp_path_factory.mktemp("world")


@pytest.fixture(scope="module")
def rows(people, first_files):
    with override_settings(MEDIA_ROOT=first_files):
        return one_of_everything(people["owner"], people["own_advisor"], people["staff"])


@pytest.fixture
def world(rows, first_files, settings):
    """A deed may take a file away: each test has its own."""
    shutil.copytree(first_files, settings.MEDIA_ROOT)
    mail_folder().mkdir()
    (mail_folder() / "one.eml").write_text("Subject: Hello\n\nHello.\n")
    return rows


def one_of_everything(student, advisor, staff) -> dict:
    """All of it the owner's; by the beginnings of names, what stands in their URLs."""
    now = timezone.now()
    contact = ContactFactory(student=student)
    call = contacts.log_interaction(
        contact, at=now, happened_on=date(2026, 3, 2), channel="EMAIL", direction="OUT",
        promised_call_on=date(2026, 3, 9),
    )  # fmt: skip
    talk = interviews.begin(contact, at=now)
    interviews.hold(talk, held_on=(now - timedelta(days=2)).date(), at=now)
    listed = alumni.upload_list(
        by=staff, file_name="list.csv", content=b"Name\nImani Brooks\n", at=now
    )
    ImportRow.objects.create(of_import=listed, number=2, outcome="CREATED", problems=["Look."])
    brought = own_people.read_own_people(
        student, file_name="people.csv", content=b"Name\nWen Li\n", at=now
    )
    own_people.add_chosen(brought, at=now)
    letter = LetterFactory(contact=contact, state="IN_REVIEW")
    review = LetterReviewFactory(letter=letter)
    passage = review.passages.create(start=0, end=4, comment="Warm.")
    at_desk = RequestFactory(student=student, asked_at=now, expires_at=now + timedelta(days=14))
    returned = AlumniMail.objects.create(kind="REQUEST", request=at_desk, due_at=now, failed_at=now)
    desk = [links.sign(at_desk.alum, at=now, request=at_desk)]
    of_contact, of_talk, of_list = [contact.pk], [talk.pk], [listed.pk]
    alum = [AlumFactory(email="imani@example.org").pk]
    asked = RequestFactory(student=student, alum=Alum.objects.get(pk=alum[0]), asked_at=now)
    term, unknown = TermFactory(), UnknownWordFactory()
    ResumeFactory(student=student)
    due = Reminder.objects.filter(kind="THANK_YOU", recipient=student).first()
    hearing = [kinds.get("TALK")]
    question = QuestionFactory()
    twins = ContactFactory.create_batch(2, student=student, name="Dana")
    merged = contacts.merge(*twins, choices={}, at=now)
    apart = NotTheSame.objects.create(one=contact, other=ContactFactory(student=student))
    of_two = [contact.pk, apart.other_id]
    known, newcomer = AlumFactory(name="Bob Smith"), AlumFactory(name="Robert Smith")
    twice = DuplicatePair.objects.create(one=known, other=newcomer, score=80, found_at=now)
    one_now = alumni.merge(*AlumFactory.create_batch(2), choices={}, by=staff, at=now)
    of_term = [Term.objects.create(name="Fall", first_on=now, last_on=now).pk]
    goal = Goal.objects.create(advisor=advisor, from_on=now.date(), until_on=now.date())
    comment = advising.remark(advisor, student, kind="COMMENT", text="Well begun.", at=now)
    rule = AssignmentRuleFactory()
    of_students = checked_students(b"Name,E-mail\nWen Li,wen@example.edu\n")
    StudentProfileFactory(student=student)
    graduation = graduate(student)
    advice = AdviceFactory(interview=talk)
    shared = insights.share(advice, text="Read aloud.", field="Journalism")
    unreached = RosterMail.objects.create(kind="INVITATION", student=student, due_at=now)
    marked = MarkedAddress.objects.create(email=student.email, reason="BOUNCED", marked_at=now)
    return {
        "alumni:duplicates": [], "alumni:duplicates_find": [],
        "alumni:duplicate": [twice.pk], "alumni:duplicate_": [twice.pk],
        "alumni:merge_undo": [one_now.pk],
        "mail_events": ["postmark"], "accounts:address_works": [marked.pk],
        "letters:ask": alum, "contacts:request": [asked.pk], "contacts:request_": [asked.pk],
        "contacts:requests": [], "alumni:goodwill": [],
        "alumni:term": [term.pk], "alumni:term_": [term.pk], "alumni:term_add": [],
        "alumni:unknown_word": [unknown.pk],
        "alumni:detail": alum, "alumni:edit": alum, "contacts:from_alum": alum,
        "alumni:desk": alum, "alumni:desk_": alum, "desk:": desk, "desk:start": [],
        "alumni:mail_again": [returned.pk],
        "desk:sent": [], "desk:removed": [], "alumni:campaign_list": [],
        "alumni:campaign_create": [], "alumni:campaign_": [Campaign.objects.create().pk],
        "contacts:edit_interaction": [call.pk], "contacts:delete_interaction": [call.pk],
        "contacts:call_made": [call.pk], "interviews:create": of_contact,
        "interviews:call": of_contact, "interviews:call_": of_contact,
        "interviews:live_worker": [],
        "interviews:list": [], "contacts:list": [], "contacts:quick_add": [],
        "contacts:brainstorm": [], "contacts:duplicates": [], "contacts:merge": of_two,
        "contacts:not_the_same": of_two, "contacts:maybe_the_same": [apart.pk],
        "contacts:undo_merge": [merged.pk],
        "contacts:create": [], "alumni:import_list": [], "alumni:import_upload": [],
        "letters:": [letter.pk], "letters:create": of_contact, "letters:review": [review.pk],
        "letters:say_about": [review.pk], "letters:say_no_more": [passage.pk],
        "letters:list": [], "letters:reviews": [],
        "letters:resume": [], "letters:resume_delete": [], "letters:resume_": [student.pk],
        "interviews:bank": [], "interviews:bank_add": [], "interviews:bank_": [question.pk],
        "contacts:": of_contact, "interviews:": of_talk, "alumni:import_": of_list,
        "alumni:import_correct": [listed.pk, 2],
        "contacts:import_": [brought.pk], "contacts:import_list": [], "contacts:import_upload": [],
        "reports:term": of_term, "reports:terms": [], "reports:remove_term": of_term,
        "advising:": [student.pk], "advising:write": [], "advising:words": [],
        "advising:goals": [], "advising:goal_create": [],
        "advising:goal": [goal.pk], "advising:goal_": [goal.pk],
        "advising:words_read": [], "advising:remark": [comment.pk],
        "advising:remark_delete": [comment.pk], "reminders:try_again": [student.pk],
        "post:drop_break": [TermBreak.objects.create(name="May", first_on=now, last_on=now).pk],
        "reminders:wording_edit": ["THANK_YOU"], "reminders:wording_restore": ["THANK_YOU"],
        "post:act": [reminder_links.sign_to_act(due, at=now)],
        "post:unsubscribe": [reminder_links.sign_to_unsubscribe(student, hearing, at=now)],
        "calendar_feed": [CalendarFeedFactory(student=student).token],
        "roster:student": [student.pk], "roster:rule": [rule.pk], "roster:rule_": [rule.pk],
        "roster:list": [of_students.pk], "roster:list_": [of_students.pk],
        "insights:share": [shared.advice_id], "insights:withdraw": [shared.advice_id],
        "insights:review": [shared.pk],
        "roster:class": [2020], "roster:class_go": [2020], "roster:classes": [],
        "roster:graduation": [graduation.pk], "roster:graduation_": [graduation.pk],
        "roster:lists": [], "roster:list_upload": [], "roster:mail_again": [unreached.pk],
        "roster:rules": [], "roster:rule_add": [],
        "mail_detail": ["one"],
        "account_confirm_email": ["key"], "account_reset_password_from_key": ["1", "key"],
    }  # fmt: skip


def address(name: str, world: dict) -> str:
    """The longest key of `world` that the name begins with says what stands in its URL."""
    keys = [key for key in world if name == key or (key[-1] in ":_" and name.startswith(key))]
    return reverse(name, args=world[max(keys, key=len)] if keys else [])


@pytest.mark.parametrize("name", sorted(DOORS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_door_opens_for_whom_it_should(name, method, world, client_of):
    """A deed of the owner comes last, so that the others meet the row as it was."""
    url = address(name, world)
    found = {}
    for who in sorted(PEOPLE, key=lambda one: one in ("owner", "staff", "administrator")):
        found[who] = getattr(client_of(who), method)(url).status_code

    wanted = getattr(DOORS[name], method)
    assert found == {who: CODES[code] for who, code in zip(PEOPLE, wanted, strict=True)}


@pytest.fixture(scope="module")
def sessions(people):
    """Everybody but nobody has logged in."""
    found = {}
    for who in PEOPLE[1:]:
        client = Client()
        client.force_login(people[who])
        found[who] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture
def client_of(sessions):
    def logged_in(who: str) -> Client:
        client = Client()
        if who in sessions:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = sessions[who]
        return client

    return logged_in


@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("owner", 302), ("own_advisor", 302), ("staff", 302), ("administrator", 200)],
)
def test_djangos_admin_is_for_administrators(who, status, client_of):
    for page in ("index", "accounts_user_changelist", "accounts_user_add"):
        answer = client_of(who).get(reverse(f"admin:{page}"))
        assert answer.status_code == status


def test_admin_log_in_is_the_one_with_the_limit_of_tries(client, people):
    """Django's own form for it knows no limit."""
    client.force_login(people["staff"])

    assert client.get("/admin/login/").status_code == 403
