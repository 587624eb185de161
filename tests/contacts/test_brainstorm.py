"""Thinking of names: circles, and whom one heard of."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts import actions
from contacts.brainstorm import CIRCLES, Thought, progress_in_words
from contacts.forms import QuickAddForm
from contacts.forms.identify import names_in
from contacts.models import Contact, Interaction
from contacts.whom import Known, Origin, SeveralMeant, labels_of, meant_by
from core.localtime import local_date
from tests.factories import ContactFactory

URL = "/contacts/brainstorm/"


@pytest.fixture(autouse=True)
def _logged_in(client, student):
    client.force_login(student)


def think(client, names: str, *, circle: str = "FAMILY", deed: str = "add", **headers):
    return client.post(URL, {"circle": circle, "names": names, "deed": deed}, **headers)


def test_every_circle_of_the_guide_has_a_question():
    """G9: and two places more, where names are to be found."""
    asked = {circle.source for circle in CIRCLES}

    assert asked == {
        "FAMILY", "FRIEND", "PEER", "PROFESSOR", "EMPLOYER", "DOCTOR", "FAITH", "HAIRDRESSER",
        "TRAVEL", "ALUMNI", "ONLINE",
    }  # fmt: skip
    assert all(circle.question.endswith((".", "?")) for circle in CIRCLES)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for contact in ContactFactory.create_batch(count, student=student, source="FAMILY"):
        log_nobody(student, contact.name)

    with django_assert_num_queries(5):  # Session, user, names, who knew nobody, suggestions.
        answer = client.get(URL)

    assert f"You asked {count} who know" in answer.content.decode()


def log_nobody(student, *names, circle="FAMILY") -> list[Interaction]:
    return actions.log_know_nobody(
        student, names=list(names), meant={}, circle=circle, at=timezone.now()
    )


def test_a_name_is_added_with_its_circle(client, student):
    """G7, G9"""
    answer = think(client, "Aunt Rosa; Uncle Ike", circle="FAMILY")

    found = student.contacts.order_by("id").values_list("name", "source")
    assert list(found) == [("Aunt Rosa", "FAMILY"), ("Uncle Ike", "FAMILY")]
    assert answer.url == f"{URL}#id_names_family"


def test_with_htmx_the_card_alone_comes_back_with_the_cursor_in_it(client):
    answer = think(client, "Hal", circle="TRAVEL", HTTP_HX_REQUEST="true")

    page = answer.content.decode()
    assert page.count("<li class=") == 1
    assert 'id="circle-travel"' in page
    assert page.count("autofocus") == 1
    assert '<div id="live" hx-swap-oob="innerHTML">On your list: Hal.</div>' in page
    assert "1 name from 1 circle" in page


def test_a_name_that_is_there_gains_its_circle_and_keeps_another(client, student):
    ContactFactory(student=student, name="Hal")
    ContactFactory(student=student, name="Wen", source="PEER")

    think(client, "hal, Wen", circle="TRAVEL")

    assert dict(student.contacts.values_list("name", "source")) == {"Hal": "TRAVEL", "Wen": "PEER"}


def test_who_was_asked_and_knows_nobody_is_in_the_log(client, student):
    """G9: somebody on the list, and somebody new."""
    rosa = ContactFactory(student=student, name="Aunt Rosa")

    think(client, "aunt rosa, Uncle Ike", deed="knows_nobody")

    today = local_date(timezone.now(), student.time_zone)
    ike = student.contacts.get(name="Uncle Ike")
    entries = Interaction.objects.order_by("id")
    assert list(entries.values_list("contact", "outcome", "happened_on", "direction")) == [
        (rosa.pk, "KNOWS_NOBODY", today, "OUT"),
        (ike.pk, "KNOWS_NOBODY", today, "OUT"),
    ]
    assert ike.source == "FAMILY"


def test_the_same_answer_is_written_once_a_day(client, student):
    for _ in range(2):
        think(client, "Aunt Rosa", deed="knows_nobody")

    assert Interaction.objects.count() == 1


def test_who_of_two_namesakes_was_asked_must_be_said(client, student):
    ContactFactory(student=student, name="Dana", employer="Valley Courier")
    other = ContactFactory(student=student, name="Dana")

    refused = think(client, "Dana", deed="knows_nobody")
    think(client, "Dana (1)", deed="knows_nobody")

    assert refused.status_code == 422
    assert "Write “Dana (1)” or “Dana (Valley Courier)”" in refused.content.decode()
    assert Interaction.objects.get().contact == other
    assert student.contacts.count() == 2


@pytest.mark.parametrize(
    ("names", "sentence"),
    [("", "Write a name first"), ("x" * 201, "too long"), ("Hal\x00", "Null characters")],
    ids=["empty", "long", "NUL"],
)
@pytest.mark.parametrize("deed", ["add", "knows_nobody", "tampered"])
def test_what_is_wrong_is_said_at_its_circle(client, student, names, sentence, deed):
    answer = think(client, names, circle="DOCTOR", deed=deed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert sentence in page
    assert page.count('id="error-doctor"') == page.count('aria-invalid="true"') == 1
    assert not student.contacts.exists()


def test_a_tampered_deed_adds_nobody_and_keeps_the_name(client, student):
    answer = think(client, "Hal", deed="tampered")

    assert answer.status_code == 422
    assert 'value="Hal"' in answer.content.decode()
    assert not student.contacts.exists()


def test_a_circle_that_is_none_is_not_there(client):
    assert think(client, "Hal", circle="NONSENSE").status_code == 404


@pytest.mark.parametrize("who", ["advisor", "staff"])
def test_others_have_no_circles(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(URL).status_code == 403


def test_progress_is_said_in_words():
    def thoughts(*counts):
        padded = [*counts, *[0] * (len(CIRCLES) - len(counts))]
        return [Thought(c, [(1, "Hal")] * n) for c, n in zip(CIRCLES, padded, strict=True)]

    said = [progress_in_words(thoughts(*counts)) for counts in [(), (1,), (2, 1), (1,) * 10]]

    assert said == [
        "No circle has a name yet. Begin with the easiest one.",
        "1 name from 1 circle. 10 circles are still quiet.",
        "3 names from 2 circles. 9 circles are still quiet.",
        "10 names from 10 circles. 1 circle is still quiet.",
    ]
    assert progress_in_words(thoughts(*[1] * 11)).endswith("You have been through them all.")


# From whom one heard of them


def heard(student, name: str, heard_from: str, client) -> Contact:
    client.post(reverse("contacts:quick_add"), {"names": name, "heard_from": heard_from})
    return student.contacts.get(name=name)


def test_who_is_on_the_list_becomes_the_referrer(client, student):
    """G8, G22: nobody asked them yet whether their name may be used."""
    rosa = ContactFactory(student=student, name="Aunt  Rosa")

    hal = heard(student, "Hal", " aunt rosa", client)

    assert (hal.referred_by, hal.source, hal.source_note) == (rosa, "REFERRAL", "")
    assert hal.name_permission == "NOT_ASKED"


def test_who_is_not_on_the_list_is_kept_in_words(client, student):
    """G8"""
    hal = heard(student, "Hal", "the man at the kiosk", client)

    assert (hal.referred_by, hal.source) == (None, "")
    assert hal.source_note == "Heard of from the man at the kiosk"


def test_another_students_people_are_not_meant(client, student, other_student):
    ContactFactory(student=other_student, name="Aunt Rosa")

    assert heard(student, "Hal", "Aunt Rosa", client).source_note == "Heard of from Aunt Rosa"


def test_a_circle_may_be_the_answer(client, student):
    assert heard(student, "Hal", "professors", client).source == "PROFESSOR"


def test_from_whom_is_not_lost_on_somebody_who_is_there(client, student):
    """G8: what stands is kept; a second source is written beside it, once."""
    rosa, ike = (ContactFactory(student=student, name=name) for name in ("Rosa", "Ike"))
    ContactFactory(student=student, name="Hal")

    for who in ("Rosa", "Ike", "Ike", "a poster", "a book"):
        hal = heard(student, "Hal", who, client)

    assert (hal.referred_by, hal.source) == (rosa, "REFERRAL")
    assert hal.source_note == "Heard of from a poster"
    assert hal.other_details == f"Heard of from {ike}\nHeard of from a book"


def test_nobody_refers_themselves_by_quick_add(client, student):
    ContactFactory(student=student, name="Hal")

    assert heard(student, "Hal", "Hal", client).referred_by is None


def test_which_namesake_told_must_be_said_and_nothing_typed_is_lost(client, student):
    ContactFactory(student=student, name="Dana", job_title="Editor, nights")
    ContactFactory(student=student, name="Dana")

    answer = client.post(reverse("contacts:quick_add"), {"names": "Hal <b>", "heard_from": "dana"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "More than one on your list is called dana." in page
    assert "“Dana (1)” or “Dana (Editor nights)”" in page
    assert 'value="Hal &lt;b&gt;"' in page
    assert 'value="dana"' in page
    assert not student.contacts.filter(name__startswith="Hal").exists()


@pytest.mark.parametrize("text", ["x" * 201, "Rosa\x00"], ids=["long", "NUL"])
def test_odd_sources_are_refused_in_words(client, student, text):
    url = reverse("contacts:quick_add")

    answer = client.post(url, {"names": "Hal", "heard_from": text})

    assert answer.status_code == 422
    assert not student.contacts.exists()


def test_the_list_stays_in_sight_beside_an_error(client, student):
    contact = ContactFactory(student=student)

    answer = client.post(reverse("contacts:quick_add"), {"names": ""})

    assert list(answer.context["page_obj"]) == [contact]


def test_a_comma_parts_two_people_but_not_a_title_from_its_name():
    """G8: the page says so."""
    assert names_in("Brooks, Imani") == ["Brooks", "Imani"]
    assert names_in("Sam Hill, Jr., Imani Brooks, Ph.D.; Wen Li") == [
        "Sam Hill, Jr.", "Imani Brooks, Ph.D.", "Wen Li",
    ]  # fmt: skip
    assert names_in("Jr., Hal") == ["Jr.", "Hal"]


def test_from_is_no_word_to_guess_at(client, student):
    """“Hal from the train” is a name as people keep it."""
    client.post(reverse("contacts:quick_add"), {"names": "Hal from the train"})

    assert student.contacts.get().name == "Hal from the train"


def test_labels_tell_namesakes_apart():
    people = [Known(1, "Dana", "", "Courier"), Known(2, "dana"), Known(3, "Dana", "", "Courier")]
    people.append(Known(4, "Wen"))

    labels = labels_of(people)

    assert {label: person.pk for label, person in labels.items()} == {
        "Dana (Courier)": 1, "dana (1)": 2, "Dana (2)": 3, "Wen": 4,
    }  # fmt: skip
    assert meant_by("dana (courier)", people) == people[0]
    assert meant_by(" wen ", people) == people[3]
    assert meant_by("Hal", people) is None
    with pytest.raises(SeveralMeant, match="called Dana"):
        meant_by("Dana", people)


def test_suggestions_end_somewhere_and_names_do_not(student):
    ContactFactory.create_batch(160, student=student)
    first = student.contacts.earliest("id")

    form = QuickAddForm({"names": "Hal", "heard_from": first.name}, student=student)

    assert form.is_valid()
    assert form.cleaned_data["heard_from"] == Origin(referrer=first.pk)
    assert len(form.offered) == len(CIRCLES) + 150


def test_a_suggestion_means_the_same_person_however_long_the_list(student):
    """The number of a namesake counts those, too, who are not suggested."""
    danas = ContactFactory.create_batch(3, student=student, name="Dana")
    ContactFactory.create_batch(149, student=student)
    danas[2].save()

    form = QuickAddForm({"names": "Hal", "heard_from": "Dana (3)"}, student=student)

    assert [label for label in form.offered if label.startswith("Dana (")] == ["Dana (3)"]
    assert form.is_valid()
    assert form.cleaned_data["heard_from"] == Origin(referrer=danas[2].pk)


def test_what_hangs_on_a_contact_is_said_before_it_goes(client, student):
    contact = ContactFactory(student=student)
    ContactFactory.create_batch(2, student=student, referred_by=contact)
    log_nobody(student, contact.name)

    page = client.get(reverse("contacts:delete", args=[contact.pk])).content.decode()

    assert "<strong>1 entry in the log</strong>" in page
    assert "The 2 people whom" in page
