"""G15: an advisor reads a letter when the student asks, that letter and nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import Caseload, RecordLook
from letters import actions
from letters.models import Letter, LetterReview
from tests.factories import ContactFactory, LetterFactory, LetterReviewFactory
from tests.reminders.test_threads import at_once

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@pytest.fixture
def letter(student):
    contact = ContactFactory(student=student, name="Dana Whitcomb")
    blocks = {"greeting": "Dear Dana,", "objective": "I would like to hear how you began."}
    return LetterFactory(contact=contact, blocks=blocks)


@pytest.fixture
def review(letter, advisor):
    return actions.ask_review(letter, question="Too long?", at=AT)


def test_advisor_reads_the_words_as_they_were_sent(client, advisor, letter, review):
    Letter.objects.filter(pk=letter.pk).update(blocks={"greeting": "Dear Wen,"})
    client.force_login(advisor)

    page = client.get(reverse("letters:review", args=[review.pk])).text

    assert "Dear Dana," in page
    assert "Dear Wen," not in page
    assert "Too long?" in page


def test_student_can_see_that_it_was_read(client, advisor, student, review):
    client.force_login(advisor)

    client.get(reverse("letters:review", args=[review.pk]))

    assert RecordLook.objects.get().student == student


def test_asked_twice_is_asked_once(letter, review):
    assert actions.ask_review(letter, question="Again", at=AT) == review


def test_student_without_an_advisor_is_told_so(client, student, letter):
    client.force_login(student)

    response = client.post(reverse("letters:ask_review", args=[letter.pk]), {}, follow=True)

    assert "You have no advisor yet" in response.text
    assert not LetterReview.objects.exists()


@pytest.mark.parametrize(("verdict", "state"), [("APPROVED", "READY"), ("CHANGES", "DRAFT")])
def test_answer_moves_the_letter_on(client, advisor, student, letter, review, verdict, state):
    client.force_login(advisor)
    answer = {"verdict": verdict, "comment": "Name the series you liked."}

    client.post(reverse("letters:review", args=[review.pk]), answer)

    letter.refresh_from_db()
    assert letter.state == state
    client.force_login(student)
    assert "Name the series you liked." in client.get(letter.get_absolute_url()).text


def test_good_to_go_does_not_hide_what_stops_a_letter(advisor, letter, review):
    letter.blocks["objective"] = "I have read [what you read]."
    letter.save()

    actions.answer_review(review, by=advisor, verdict="APPROVED", comment="", at=AT)

    letter.refresh_from_db()
    assert letter.state == Letter.State.DRAFT


def test_letter_with_the_advisor_is_read_and_can_be_taken_back(client, student, letter, review):
    client.force_login(student)

    page = client.get(letter.get_absolute_url()).text

    assert 'name="block_objective"' not in page
    assert reverse("letters:take_back_review", args=[letter.pk]) in page
    assert client.get(reverse("letters:ask_review", args=[letter.pk])).status_code == 302


def test_letter_taken_back_too_late_stays_as_it_was_answered(
    client, advisor, student, letter, review
):
    actions.answer_review(review, by=advisor, verdict="APPROVED", comment="", at=AT)
    client.force_login(student)

    response = client.post(reverse("letters:take_back_review", args=[letter.pk]), follow=True)

    assert "answered or taken back before" in response.text
    letter.refresh_from_db()
    assert letter.state == Letter.State.READY


def test_words_changed_in_an_old_tab_bring_the_letter_back(client, student, letter, review):
    """The advisor would otherwise judge what is no longer there."""
    client.force_login(student)

    response = client.post(
        letter.get_absolute_url(), {"block_objective": "Something else."}, follow=True
    )

    assert "so it is a draft again" in response.text
    assert not LetterReview.objects.exists()


def test_letter_of_a_student_who_left_the_caseload_is_not_read(client, advisor, student, review):
    Caseload.objects.update(until=date(2026, 10, 1))
    client.force_login(advisor)

    assert client.get(reverse("letters:review", args=[review.pk])).status_code == 404
    assert "No letter waits" in client.get(reverse("letters:reviews")).text


def test_empty_letter_is_not_read(student, advisor, letter):
    letter.blocks = {}
    letter.save()

    with pytest.raises(actions.NotReady, match="nothing in this letter"):
        actions.ask_review(letter, question="", at=AT)


def test_longest_waiting_comes_first(client, advisor, student):
    for day in (3, 1, 2):
        letter = LetterFactory(contact=ContactFactory(student=student), state="IN_REVIEW")
        LetterReviewFactory(letter=letter, asked_at=datetime(2026, 3, day, tzinfo=UTC))
    client.force_login(advisor)

    reviews = client.get(reverse("letters:reviews")).context["reviews"]

    assert [review.asked_at.day for review in reviews] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_answer_and_take_back_at_once_leave_one_truth(letter, advisor):
    review = actions.ask_review(letter, question="", at=AT)

    def work(number):
        try:
            if number:
                actions.take_back_review(Letter.objects.get(pk=letter.pk))
            else:
                actions.answer_review(
                    LetterReview.objects.get(pk=review.pk), by=advisor, verdict="APPROVED",
                    comment="", at=AT,
                )  # fmt: skip
        except (actions.Refused, LetterReview.DoesNotExist):
            return 0
        return 1

    done = at_once(work, times=2)

    letter.refresh_from_db()
    assert sum(done) == 1
    assert letter.state == ("READY" if letter.reviews.exists() else "DRAFT")


def test_wish_for_changes_says_which(client, advisor, review):
    client.force_login(advisor)

    response = client.post(reverse("letters:review", args=[review.pk]), {"verdict": "CHANGES"})

    assert response.status_code == 422
    assert "Say what you would change." in response.text


def test_answered_letter_is_not_answered_again(advisor, review):
    actions.answer_review(review, by=advisor, verdict="APPROVED", comment="", at=AT)

    with pytest.raises(actions.Refused, match="before"):
        actions.answer_review(review, by=advisor, verdict="CHANGES", comment="No", at=AT)

    assert LetterReview.objects.get().verdict == "APPROVED"


def test_letter_taken_back_is_gone_from_the_queue(client, advisor, student, letter, review):
    client.force_login(student)
    client.post(reverse("letters:take_back_review", args=[letter.pk]))

    client.force_login(advisor)
    assert client.get(reverse("letters:review", args=[review.pk])).status_code == 404
    letter.refresh_from_db()
    assert letter.state == Letter.State.DRAFT


@pytest.mark.parametrize(
    ("who", "status"),
    [("advisor", 200), ("other_advisor", 404), ("student", 403), ("other_student", 404),
     ("staff", 404)],
)  # fmt: skip
def test_only_the_advisor_of_the_caseload_reads_it(client, request, review, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("letters:review", args=[review.pk])).status_code == status


def test_letter_that_was_not_sent_for_review_stays_unseen(client, advisor, letter):
    client.force_login(advisor)

    assert client.get(letter.get_absolute_url()).status_code == 404


def test_letter_sent_for_review_is_read_there_and_not_written(client, advisor, letter, review):
    client.force_login(advisor)

    assert client.get(letter.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_as_often_for_three_as_for_one(
    client, advisor, student, count, django_assert_num_queries
):
    for _ in range(count):
        contact = ContactFactory(student=student)
        LetterReviewFactory(letter=LetterFactory(contact=contact, state="IN_REVIEW"))
    client.force_login(advisor)

    # Session, user, the letters; how quick the answers were.
    with django_assert_num_queries(4):
        client.get(reverse("letters:reviews"))
