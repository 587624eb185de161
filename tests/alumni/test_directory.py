"""Finding an alum, and who may see whom."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import OfficeSettings
from alumni import actions
from alumni.actions import desk
from alumni.models import Alum, Consent
from alumni.searching import terms
from tests.factories import AlumFactory, StudentProfileFactory

LIST = "/alumni/"


def found(client, **asked) -> list[str]:
    return [alum.name for alum in client.get(LIST, asked).context["results"].people]


@pytest.fixture
def _some_alumni():
    AlumFactory(
        name="Zuzana Kovářová", given_name="Zuzana", family_name="Kovářová", class_year=2009,
        employer="Mapworks", job_title="Cartographer", majors=["Geography"],
        fields_of_work=["Urban planning"], city="Brno", country="Czechia",
    )  # fmt: skip
    AlumFactory(
        name="Rosa Delgado", given_name="Rosa", family_name="Delgado", class_year=1998,
        employer="Storehouse Press", job_title="Managing editor", majors=["Literature", "French"],
        fields_of_work=["Publishing"], city="North Adams", region="Massachusetts",
    )  # fmt: skip


@pytest.mark.usefixtures("_some_alumni")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "kovarova"}, ["Zuzana Kovářová"]),
        ({"q": "KOVÁŘOVÁ zuz"}, ["Zuzana Kovářová"]),
        ({"q": "storehouse"}, ["Rosa Delgado"]),
        ({"q": "cartog"}, ["Zuzana Kovářová"]),
        ({"q": "french"}, ["Rosa Delgado"]),
        ({"q": "publishing"}, ["Rosa Delgado"]),
        ({"q": "brno"}, ["Zuzana Kovářová"]),
        ({"q": "1998"}, ["Rosa Delgado"]),
        ({"q": "rosa brno"}, []),
        ({"q": "!!! & | :*"}, ["Rosa Delgado", "Zuzana Kovářová"]),
        ({"q": "kova\u0301r\u030cova\u0301"}, ["Zuzana Kovářová"]),
        ({"q": "_ rosa"}, ["Rosa Delgado"]),
        ({"field": "PLANNING"}, ["Zuzana Kovářová"]),
        ({"major": "literature"}, ["Rosa Delgado"]),
        ({"place": "massachusetts"}, ["Rosa Delgado"]),
        ({"employer": "mapw"}, ["Zuzana Kovářová"]),
        ({"since": 1999}, ["Zuzana Kovářová"]),
        ({"until": 1998}, ["Rosa Delgado"]),
        ({"since": 1998, "until": 2009}, ["Rosa Delgado", "Zuzana Kovářová"]),
    ],
    ids=str,
)
def test_search_finds_by_each_part(client, student, asked, names):
    client.force_login(student)

    assert found(client, **asked) == names


@pytest.mark.usefixtures("_some_alumni")
def test_search_offers_who_is_called_much_like_it(client, student):
    terms.learn(Alum.objects.all())
    client.force_login(student)

    answer = client.get(LIST, {"q": "Delgaddo"})

    assert [alum.name for alum in answer.context["results"].people] == ["Rosa Delgado"]
    assert "These come close" in answer.content.decode()


@pytest.mark.parametrize("words", ["ʻIolani", "5½", "⑴", "ŉ", "a⑴b", "日本"])
def test_search_takes_letters_that_fold_into_signs(client, student, words):
    """What PostgreSQL writes without accents as an apostrophe, a bracket or a blank."""
    AlumFactory(name=f"{words} Kealoha", given_name=words, family_name="Kealoha")
    client.force_login(student)

    assert found(client, q=words) == [f"{words} Kealoha"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("student", {Consent.YES}),
        ("advisor", {Consent.YES}),
        ("staff", set(Consent)),
        ("administrator", set(Consent)),
    ],
)
def test_directory_shows_students_only_who_agreed(client, request, who, sees):
    for consent in Consent:
        AlumFactory(consent=consent)
    client.force_login(request.getfixturevalue(who))

    assert {alum.consent for alum in client.get(LIST).context["results"].people} == sees


@pytest.mark.parametrize("consent", [Consent.UNKNOWN, Consent.NO])
def test_record_of_who_did_not_agree_is_not_there_for_a_student(client, student, consent):
    client.force_login(student)

    answer = client.get(AlumFactory(consent=consent).get_absolute_url())

    assert answer.status_code == 404


def test_record_hides_email_and_phone_from_students(client, student, staff):
    alum = AlumFactory(email="imani@example.org", phone="413 555 0119")

    for person, is_shown in ((student, False), (staff, True)):
        client.force_login(person)
        page = client.get(alum.get_absolute_url()).content.decode()
        assert ("imani@example.org" in page) is is_shown
        assert ("413 555 0119" in page) is is_shown


@pytest.mark.parametrize("count", [1, 3, 25])
def test_list_asks_as_much_for_many_as_for_one(client, student, count, django_assert_num_queries):
    AlumFactory.create_batch(count)
    OfficeSettings.current()
    client.force_login(student)

    # Session, user, profile, number of all, number found, one page, office, days of asking.
    with django_assert_num_queries(8):
        client.get(LIST)


def test_list_suggests_ones_own_fields(client, student):
    """G2"""
    StudentProfileFactory(student=student, fields_of_interest=["Urban planning"])
    client.force_login(student)

    assert "?field=Urban%20planning" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("asked", "advice"),
    [
        ({"q": "lawyer"}, "Try another word"),
        ({"q": "lawyer", "place": "Brno"}, "Try fewer words or filters"),
        ({"place": "Atlantis"}, "Try fewer filters"),
    ],
)
def test_who_finds_nobody_is_shown_the_fields_that_there_are(client, student, asked, advice):
    """Their records say “attorney”."""
    AlumFactory.create_batch(2, fields_of_work=["Law & Justice"])
    AlumFactory(fields_of_work=["Secret service"], consent="NO")
    client.force_login(student)

    shown = client.get(LIST, asked).text

    assert f"<h3>{advice}</h3>" in shown
    assert '?field=Law%20%26%20Justice">Law &amp; Justice</a>' in shown
    assert "Secret service" not in shown
    assert shown.count("btn btn-primary") == 2


def test_directory_that_is_empty_asks_nobody_for_fewer_words(client, student):
    client.force_login(student)

    shown = client.get(LIST).text

    assert "<h3>Nobody can be asked yet</h3>" in shown
    assert "See everybody" not in shown
    assert "Add a person yourself" in shown


@pytest.mark.parametrize("asked", [{"since": "189"}, {"until": "soon"}, {"q": "a\x00b"}])
def test_list_says_what_is_wrong_with_a_filter(client, student, asked):
    client.force_login(student)

    answer = client.get(LIST, asked)

    assert answer.status_code == 422
    assert "Nobody found" not in answer.text
    assert "There is a problem" in answer.content.decode()


def test_htmx_gets_the_results_alone(client, student):
    client.force_login(student)

    page = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "results"})

    assert page.content.decode().lstrip().startswith('<div class="results')
    assert "HX-Target" in page["Vary"]


def test_staff_edit_a_record(client, staff):
    alum = AlumFactory()
    client.force_login(staff)

    client.post(
        reverse("alumni:edit", args=[alum.pk]),
        {"name": "Imani T. Brooks", "majors": "Film; Theater", "consent": "NO"},
    )

    alum = Alum.objects.get(pk=alum.pk)
    assert (alum.name, alum.majors, alum.consent) == ("Imani T. Brooks", ["Film", "Theater"], "NO")


def test_edit_that_was_open_while_the_alum_said_no_does_not_undo_it(client, staff):
    alum = AlumFactory(name="Imani Brooks", employer="Courier", hidden_fields=["phone"])
    client.force_login(staff)
    url = reverse("alumni:edit", args=[alum.pk])
    seen = client.get(url).context["form"]["seen"].value()
    typed = {"name": "Imani T. Brooks", "employer": "Courier", "consent": "YES", "seen": seen}
    desk.say_consent(alum, consent=Consent.NO, at=timezone.now())

    refused = client.post(url, typed)

    assert refused.status_code == 422
    assert "This record was changed while you had it open" in refused.text
    assert "May students write to them?: “Does not want to be asked”" in refused.text
    assert "What do they not show to students?: “Phone”" in refused.text
    assert "Employer: “" not in refused.text
    assert 'value="Imani T. Brooks"' in refused.text
    assert Alum.objects.get().consent == "NO"

    again = refused.context["form"]["seen"].value()
    saved = client.post(url, typed | {"consent": "NO", "seen": again})

    assert saved.status_code == 302
    assert (Alum.objects.get().name, Alum.objects.get().consent) == ("Imani T. Brooks", "NO")


@pytest.mark.parametrize(("consent", "state"), [("NO", "DECLINED"), ("YES", "PENDING")])
def test_no_that_staff_write_down_ends_what_waits(client, student, staff, consent, state):
    alum = AlumFactory(name="Imani Brooks", email="imani@example.org")
    request = actions.ask_alum(
        student, alum=alum, words="Hi", medium="VIDEO", minutes=20, at=timezone.now()
    )
    client.force_login(staff)

    client.post(
        reverse("alumni:edit", args=[alum.pk]),
        {"name": alum.name, "email": alum.email, "consent": consent},
    )

    request.refresh_from_db()
    assert request.state == state
    owed = set(request.mails.owed().values_list("kind", flat=True))
    assert ("REMINDER" in owed) is (state == "PENDING")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Write the name"),
        ({"class_year": "189"}, "four digits"),
        ({"email": "imani@"}, "name@example.org"),
        ({"email": "TAKEN@example.org"}, "Another alum has this e-mail"),
        ({"note_to_students": "a\x00b"}, "Null characters"),
    ],
    ids=["no name", "189", "half an e-mail", "taken", "NUL"],
)
def test_edit_says_what_is_wrong(client, staff, said, sentence):
    AlumFactory(email="taken@example.org")
    alum = AlumFactory()
    client.force_login(staff)

    answer = client.post(
        reverse("alumni:edit", args=[alum.pk]), {"name": "Imani", "consent": "YES", **said}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_two_people_with_one_email_are_refused_by_the_database():
    AlumFactory(email="imani@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        AlumFactory(email="Imani@example.org")
    with pytest.raises(ValidationError, match="Another alum has this e-mail"):
        AlumFactory.build(email="Imani@example.org").full_clean()


def test_office_counts_and_says_what_waits(client, staff):
    AlumFactory(consent=Consent.UNKNOWN)
    client.force_login(staff)

    page = client.get("/").content.decode()

    assert "The directory is up to date" in page
    assert "Not asked yet" in page


def test_who_finds_nobody_is_shown_the_way_back(client, student):
    client.force_login(student)

    page = client.get(reverse("alumni:list"), {"q": "zzzxqy", "sort": "name"})

    assert "Nobody found" in page.text
    assert f'href="{reverse("alumni:list")}">See everybody</a>' in page.text
    assert '<input type="hidden" name="sort" value="name"' in page.text
