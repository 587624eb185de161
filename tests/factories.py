"""Rows for tests: each factory makes the least that its table accepts."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import Caseload, Role, StudentProfile, User
from alumni.models import Alum, Consent, Kind, Request, Term, UnknownWord
from contacts.models import Contact, Interaction
from interviews.models import Advice, Debrief, Interview, PreparedQuestion, Question, Topic
from letters.models import Letter, LetterReview, Resume
from reminders.models import CalendarFeed
from roster.models import AssignmentRule


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Student {n}")
    email = factory.Sequence(lambda n: f"student-{n}@example.edu")
    role = Role.STUDENT
    time_zone = "America/New_York"


class StudentProfileFactory(DjangoModelFactory):
    class Meta:
        model = StudentProfile

    student = factory.SubFactory(UserFactory)


class CaseloadFactory(DjangoModelFactory):
    class Meta:
        model = Caseload

    advisor = factory.SubFactory(UserFactory, role=Role.ADVISOR)
    student = factory.SubFactory(UserFactory)
    since = date(2026, 9, 1)


class AssignmentRuleFactory(DjangoModelFactory):
    class Meta:
        model = AssignmentRule

    rank = factory.Sequence(lambda n: n + 1)
    advisor = factory.SubFactory(UserFactory, role=Role.ADVISOR)


class AlumFactory(DjangoModelFactory):
    class Meta:
        model = Alum

    name = factory.Sequence(lambda n: f"Imani Brooks {n}")
    family_name = factory.Sequence(lambda n: f"Brooks {n}")
    class_year = 2011
    consent = Consent.YES


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    kind = Kind.MAJOR
    name = factory.Sequence(lambda n: f"Falconry {n}")


class UnknownWordFactory(DjangoModelFactory):
    class Meta:
        model = UnknownWord

    kind = Kind.MAJOR
    word = factory.Sequence(lambda n: f"Falcon Studies {n}")
    count = 3
    last_seen_at = datetime(2026, 3, 2, tzinfo=UTC)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    student = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Dana Whitcomb {n}")


class InteractionFactory(DjangoModelFactory):
    class Meta:
        model = Interaction

    contact = factory.SubFactory(ContactFactory)
    happened_on = date(2026, 3, 2)
    channel = Interaction.Channel.EMAIL


class InterviewFactory(DjangoModelFactory):
    class Meta:
        model = Interview

    contact = factory.SubFactory(ContactFactory)


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    contact = factory.SubFactory(ContactFactory)
    kind = Letter.Kind.REQUEST


class LetterReviewFactory(DjangoModelFactory):
    class Meta:
        model = LetterReview

    letter = factory.SubFactory(LetterFactory, state=Letter.State.IN_REVIEW)
    asked_at = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    text = "Dear Dana"


class ResumeFactory(DjangoModelFactory):
    class Meta:
        model = Resume

    student = factory.SubFactory(UserFactory)
    file = factory.django.FileField(filename="resume.pdf", data=b"%PDF-1.4 a page")
    file_name = "resume.pdf"


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    topic = Topic.DAYS
    text = factory.Sequence(lambda n: f"What did you do last Tuesday, hour {n}?")


class PreparedQuestionFactory(DjangoModelFactory):
    class Meta:
        model = PreparedQuestion

    interview = factory.SubFactory(InterviewFactory)
    text = factory.Sequence(lambda n: f"What surprised you in year {n}?")
    rank = factory.Sequence(lambda n: n + 1)


class DebriefFactory(DjangoModelFactory):
    class Meta:
        model = Debrief

    interview = factory.SubFactory(InterviewFactory)


class AdviceFactory(DjangoModelFactory):
    class Meta:
        model = Advice

    interview = factory.SubFactory(InterviewFactory)
    text = "Read the trade paper every week."


class RequestFactory(DjangoModelFactory):
    class Meta:
        model = Request

    alum = factory.SubFactory(AlumFactory)
    student = factory.SubFactory(UserFactory)
    words = "May I ask you how you began?"
    asked_at = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    expires_at = factory.LazyAttribute(lambda made: made.asked_at + timedelta(days=14))


class CalendarFeedFactory(DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    student = factory.SubFactory(UserFactory)
