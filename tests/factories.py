"""Rows for tests: each factory makes the least that its table accepts."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from accounts.models import Caseload, Role, StudentProfile, User
from alumni.models import Alum, Consent
from contacts.models import Contact, Interaction
from interviews.models import Interview


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


class AlumFactory(DjangoModelFactory):
    class Meta:
        model = Alum

    name = factory.Sequence(lambda n: f"Imani Brooks {n}")
    family_name = factory.Sequence(lambda n: f"Brooks {n}")
    class_year = 2011
    consent = Consent.YES


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
