"""A student shares, the office reads, others see it from five sources on, and it comes back."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from alumni.models import Kind
from insights import actions
from insights.models import SharedAdvice
from insights.shown import fields_shown
from tests.factories import AdviceFactory, CaseloadFactory, ContactFactory, TermFactory, UserFactory

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NAMES = ["Ann Lee", "Ben Fox", "Cem Kaya", "Dan Roe", "Eve Poe", "Flo Ito"]


def advice_of(student=None, *, name="Dana Whitcomb", text="Pitch a place", **contact):
    student = student or UserFactory()
    return AdviceFactory(
        interview__contact=ContactFactory(student=student, name=name, **contact), text=text
    )


def published(advice, *, field="Journalism"):
    shared = actions.share(advice, text=advice.text, field=field)
    actions.publish(shared, seen=shared.text, left=shared.text, by=UserFactory(role=Role.STAFF))
    return shared


def field_with(number, **how):
    return [
        published(advice_of(name=NAMES[n], text=f"Pitch place {n}"), **how) for n in range(number)
    ]


def test_nothing_is_shared_by_itself(student):
    advice_of(student)

    assert not SharedAdvice.objects.exists()


def test_the_student_sees_first_what_others_would_read(client, student):
    ContactFactory(student=student, name="Wen Li", employer="NEPM")
    advice = advice_of(
        student, text="Dana says: ask Wen Li of NEPM, 413 555 0142", field="Journalism"
    )
    client.force_login(student)

    page = client.get(reverse("insights:share", args=[advice.pk]))

    form = page.context["form"]
    assert form["text"].value() == "[name] says: ask [name] of [organization], [left out]"
    assert form["field"].value() == "Journalism"
    assert not SharedAdvice.objects.exists()


def test_an_edit_that_brings_a_name_back_gets_a_sentence(client, student):
    advice = advice_of(student)
    client.force_login(student)

    response = client.post(
        reverse("insights:share", args=[advice.pk]), {"text": "Dana knows", "field": "Radio"}
    )

    assert response.status_code == 422
    assert "This still says “Dana”" in response.content.decode()
    assert not SharedAdvice.objects.exists()


def test_the_field_is_in_the_offices_words():
    TermFactory(kind=Kind.FIELD, name="Radio and TV", spellings=["Broadcasting"])

    shared = actions.share(advice_of(), text="Listen", field=" broadcasting ")

    assert shared.field == "Radio and TV"


@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True)])
def test_a_field_is_shown_from_five_sources_on(number, is_shown):
    field_with(number)

    assert bool(fields_shown()) is is_shown


def test_what_waits_or_was_sent_back_is_no_source(staff):
    *_, last = field_with(4)
    waiting = actions.share(advice_of(name="Eve Poe"), text="Wait", field="Journalism")
    assert fields_shown() == []

    actions.send_back(waiting, seen="Wait", word="Say more.", by=staff)

    assert fields_shown() == []
    assert last.pk


def test_taken_back_it_is_gone_and_the_field_with_it(client):
    *_, last = field_with(5)
    student = last.advice.interview.contact.student
    client.force_login(student)

    client.post(reverse("insights:withdraw", args=[last.advice_id]))

    assert not SharedAdvice.objects.filter(pk=last.pk).exists()
    assert fields_shown() == []


def test_who_cannot_log_in_to_take_it_back_is_not_shown():
    *_, last = field_with(5)
    student = last.advice.interview.contact.student
    student.is_active = False
    student.save()

    assert fields_shown() == []


def test_an_edit_waits_for_the_office_again():
    *_, last = field_with(5)

    actions.share(last.advice, text="Pitch two places", field="Journalism")

    assert fields_shown() == []
    assert SharedAdvice.objects.get(pk=last.pk).state == "WAITING"


def test_advice_that_is_deleted_is_shared_no_more():
    *_, last = field_with(5)

    last.advice.delete()

    assert fields_shown() == []


def test_the_first_field_is_open_until_another_is_chosen(client, student):
    field_with(5)
    client.force_login(student)
    url = reverse("insights:by_field")

    assert "Pitch place 0" in client.get(url).text
    assert "Pitch place 0" not in client.get(url, {"field": "Radio"}).text


@pytest.mark.parametrize("who", ["student", "advisor", "staff"])
def test_readers_see_words_alone(who, client, request, student):
    rows = field_with(5)
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("insights:by_field"), {"field": "Journalism"}).content.decode()

    for n, row in enumerate(rows):
        assert f"Pitch place {n}" in page
        contact = row.advice.interview.contact
        for secret in (contact.name, contact.student.name, contact.student.email):
            assert secret not in page
    assert "<time" not in page.split("<main")[1]
    assert "2026" not in page.split("<main")[1]


def test_the_order_tells_nothing_of_who_came_first():
    rows = field_with(6)

    (field,) = fields_shown()

    assert sorted(field.pieces) == [row.advice.text for row in rows]
    assert field.pieces != [row.advice.text for row in rows]
    assert fields_shown() == [field]


def test_the_fields_equal_a_count_in_sql():
    field_with(5)
    field_with(4, field="Law")
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT s.field FROM insights_sharedadvice s
            JOIN interviews_advice a ON a.id = s.advice_id
            JOIN interviews_interview i ON i.id = a.interview_id
            JOIN contacts_contact c ON c.id = i.contact_id
            WHERE s.state = 'PUBLISHED'
            GROUP BY s.field
            HAVING least(count(DISTINCT c.student_id), count(DISTINCT lower(c.name))) >= 5""")
        assert [field.name for field in fields_shown()] == [name for (name,) in cursor.fetchall()]


def test_staff_read_what_was_ticked_and_nothing_else(client, staff, student):
    ticked = advice_of(student, text="Read aloud", name="Dana Whitcomb")
    secret = advice_of(student, text="Never tell anybody", name="Wen Li")
    shared = actions.share(ticked, text="Read aloud", field="Journalism")
    client.force_login(staff)

    for page in (reverse("insights:queue"), reverse("insights:review", args=[shared.pk])):
        words = client.get(page).content.decode()
        assert "Read aloud" in words
        for hidden in (secret.text, "Dana", "Wen Li", student.name, student.email):
            assert hidden not in words
    for page in ("insights:share", "insights:own"):
        args = [ticked.pk] if page == "insights:share" else []
        assert client.get(reverse(page, args=args)).status_code == 403


def test_an_advisor_sees_neither_queue_nor_whose_it_is(client, advisor, student):
    advice = advice_of(student)
    shared = actions.share(advice, text="Read aloud", field="Journalism")
    client.force_login(advisor)

    for name, args in [("queue", []), ("review", [shared.pk]), ("share", [advice.pk]), ("own", [])]:
        assert client.get(reverse(f"insights:{name}", args=args)).status_code == 403


def test_another_student_finds_no_such_advice(client, other_student, student):
    advice = advice_of(student)
    shared = actions.share(advice, text="Read aloud", field="Journalism")
    client.force_login(other_student)

    assert client.get(reverse("insights:share", args=[advice.pk])).status_code == 404
    assert client.post(reverse("insights:withdraw", args=[advice.pk])).status_code == 404
    assert SharedAdvice.objects.get() == shared


def test_the_office_strikes_and_publishes_or_sends_back(client, staff):
    shared = actions.share(advice_of(), text="Ask the tall editor early", field="Journalism")
    client.force_login(staff)
    page = reverse("insights:review", args=[shared.pk])

    added = client.post(page, {"seen": shared.text, "left": "Ask the nice editor"})
    assert added.status_code == 422
    nothing = client.post(page, {"seen": shared.text, "left": ""})
    assert nothing.status_code == 422
    client.post(page, {"seen": shared.text, "left": "Ask the editor early"})
    shared.refresh_from_db()
    assert (shared.state, shared.published_text) == ("PUBLISHED", "Ask the […] editor early")

    client.post(page, {"seen": shared.text, "left": "", "word": "Who?", "send_back": "1"})
    shared.refresh_from_db()
    assert (shared.state, shared.office_word, shared.published_text) == ("SENT_BACK", "Who?", "")
    client.force_login(shared.advice.interview.contact.student)
    assert "Who?" in client.get(reverse("insights:own")).content.decode()


def test_what_the_student_changed_meanwhile_is_not_published(client, staff):
    advice = advice_of()
    shared = actions.share(advice, text="Read aloud", field="Journalism")
    actions.share(advice, text="Read aloud twice", field="Journalism")
    client.force_login(staff)

    response = client.post(
        reverse("insights:review", args=[shared.pk]),
        {"seen": "Read aloud", "left": "Read aloud"}, follow=True,
    )  # fmt: skip

    assert "changed it or took it back" in response.content.decode()
    assert SharedAdvice.objects.get().state == "WAITING"


@pytest.mark.django_db(transaction=True)
def test_taken_back_at_the_moment_of_publishing_nobody_reads_it():
    advice = advice_of()
    shared = actions.share(advice, text="Read aloud", field="Journalism")
    staff = UserFactory(role=Role.STAFF)
    start = Barrier(2)

    def publish():
        start.wait()
        try:
            actions.publish(shared, seen="Read aloud", left="Read aloud", by=staff)
        except actions.NotAsSeen:
            pass
        finally:
            connection.close()

    def take_back():
        start.wait()
        actions.take_back(advice)
        connection.close()

    threads = [Thread(target=publish), Thread(target=take_back)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert not SharedAdvice.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(
    number, client, student, staff, django_assert_num_queries
):
    for n in range(number):
        actions.share(advice_of(student, name=NAMES[n]), text="Read aloud", field="Law")
    CaseloadFactory(student=student)
    client.force_login(student)
    with django_assert_num_queries(4):
        client.get(reverse("insights:own"))
    with django_assert_num_queries(3):
        client.get(reverse("insights:by_field"))
    client.force_login(staff)
    with django_assert_num_queries(4):
        client.get(reverse("insights:queue"))
