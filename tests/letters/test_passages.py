"""Comments on passages: about exact words, until the answer, and read together with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from letters import actions
from letters.models import Letter, LetterReview, Passage
from letters.passages import paragraphs_of, parts_of, said_about
from letters.turnaround import turnaround_by, turnaround_of
from tests.factories import ContactFactory, LetterFactory, LetterReviewFactory

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
TEXT = "Dear Dana,\n\nI read 🙂 your series. It was good.\n\nSincerely,\nMaya"
SERIES = (TEXT.index("your"), TEXT.index("your") + len("your series"))


@pytest.fixture
def review(student, advisor):
    letter = LetterFactory(
        contact=ContactFactory(student=student, name="Dana"), state=Letter.State.IN_REVIEW
    )
    return LetterReviewFactory(letter=letter, text=TEXT, asked_at=AT)


@pytest.fixture
def as_advisor(client, advisor):
    client.force_login(advisor)
    return client


def say(review, start=SERIES[0], end=SERIES[1], comment="Name it."):
    return actions.say_about(review, start=start, end=end, comment=comment)


def whole(paragraphs) -> str:
    return "\n\n".join("".join(piece.text for piece in each.pieces) for each in paragraphs)


def test_letter_is_whole_however_it_is_cut(review):
    for start, end in [(0, 4), (2, 20), SERIES, (5, len(TEXT))]:
        say(review, start, end, f"{start}")

    said = said_about(TEXT, review.passages.all())

    assert whole(paragraphs_of(TEXT)) == whole(paragraphs_of(TEXT, said)) == TEXT


def test_paragraph_says_where_it_begins():
    for paragraph in paragraphs_of(TEXT):
        words = "".join(piece.text for piece in paragraph.pieces)
        assert TEXT[paragraph.start :].startswith(words)


def test_words_lead_to_their_comment_and_back_from_its_first_piece(review):
    """Over two paragraphs, the second piece is not where the comment leads back to."""
    say(review, 5, TEXT.index(" your"))

    pieces = [
        piece
        for each in paragraphs_of(TEXT, said_about(TEXT, review.passages.all()))
        for piece in each.pieces
        if piece.number
    ]

    assert [(piece.text, piece.is_first) for piece in pieces] == [
        ("Dana,", True), ("I read 🙂", False),
    ]  # fmt: skip


def test_sentences_to_choose_from_are_the_letters_own():
    parts = parts_of(TEXT)

    assert [words for _, _, words in parts][:3] == [
        "Dear Dana,", "I read 🙂 your series.", "It was good.",
    ]  # fmt: skip
    assert all(" ".join(TEXT[start:end].split()) == words for start, end, words in parts)


@pytest.mark.parametrize(
    ("sent", "quote"),
    [
        ({"start": SERIES[0], "end": SERIES[1]}, "your series"),
        ({"part": "1"}, "I read 🙂 your series."),
        ({"start": SERIES[0], "end": SERIES[1], "part": "1"}, "your series"),
        ({"start": SERIES[0], "end": "99999"}, TEXT[SERIES[0] :]),
    ],
    ids=["marked", "chosen", "both", "too far"],
)
def test_page_puts_a_comment_beside_the_words(as_advisor, review, sent, quote):
    as_advisor.post(reverse("letters:say_about", args=[review.pk]), {"comment": "Name it.", **sent})

    (said,) = said_about(TEXT, review.passages.all())
    page = as_advisor.get(reverse("letters:review", args=[review.pk])).text
    assert said.quote == " ".join(quote.split())
    assert "Name it." in page
    assert "<mark>" in page


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"part": "1"}, 422),
        ({"comment": "Name it."}, 422),
        ({"comment": "Name it.", "part": "99"}, 422),
        ({"comment": "Name it.", "part": "x", "start": "x", "end": "y"}, 422),
        ({"comment": "Name it.", "start": "9", "end": "3"}, 302),
        ({"comment": "Name it.", "start": "-9", "end": "0"}, 302),
        ({"comment": "Name it.", "start": "99999", "end": "999999"}, 302),
        ({"comment": "Name it.", "start": "10", "end": "12"}, 302),
    ],
)
def test_page_takes_no_comment_about_nothing(as_advisor, review, sent, status):
    answer = as_advisor.post(reverse("letters:say_about", args=[review.pk]), sent)

    assert answer.status_code == status
    assert not Passage.objects.exists()


def test_second_click_says_it_once(review):
    say(review)
    say(review)

    assert Passage.objects.count() == 1


def test_comment_is_taken_away_until_the_answer(as_advisor, advisor, review):
    first, second = say(review), say(review, 0, 4, "Or “Dear Ms. Whitcomb”?")
    as_advisor.post(reverse("letters:say_no_more", args=[first.pk]))
    actions.answer_review(review, by=advisor, verdict="APPROVED", comment="", at=AT)
    as_advisor.post(reverse("letters:say_no_more", args=[second.pk]))

    with pytest.raises(actions.Refused):
        say(review)
    assert list(Passage.objects.all()) == [second]


def test_a_comment_on_a_passage_says_what_to_change(as_advisor, review):
    say(review)
    as_advisor.post(reverse("letters:review", args=[review.pk]), {"verdict": "CHANGES"})

    review.refresh_from_db()
    assert review.verdict == "CHANGES"


def test_student_reads_them_with_the_answer_and_not_before(client, student, advisor, review):
    say(review)
    client.force_login(student)
    waiting = client.get(review.letter.get_absolute_url()).text
    seen_before = Passage.objects.visible_to(student).exists()
    actions.answer_review(review, by=advisor, verdict="CHANGES", comment="", at=AT)

    page = client.get(review.letter.get_absolute_url()).text

    assert "Name it." not in waiting
    assert not seen_before
    assert Passage.objects.visible_to(student).exists()
    assert "Name it." in page
    assert "<mark>your series</mark>" in page


@pytest.mark.parametrize("who", ["other_advisor", "other_student", "staff", "administrator"])
def test_passages_are_nobody_elses(client, request, review, who):
    passage = say(review)
    client.force_login(request.getfixturevalue(who))

    put = client.post(reverse("letters:say_about", args=[review.pk]), {"comment": "x", "part": "1"})
    gone = client.post(reverse("letters:say_no_more", args=[passage.pk]))

    assert (put.status_code, gone.status_code) == (404, 404)
    assert Passage.objects.count() == 1
    assert not Passage.objects.visible_to(request.getfixturevalue(who)).exists()


def test_passages_go_with_a_letter_that_is_taken_back(review):
    say(review)
    actions.take_back_review(review.letter)

    assert not Passage.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_one_and_three(
    as_advisor, review, count, django_assert_num_queries
):
    for start in range(count):
        say(review, start, start + 5)
    as_advisor.get(reverse("letters:review", args=[review.pk]))

    # Session, user, review, look, passages, and what the checks ask (2).
    with django_assert_num_queries(7):
        as_advisor.get(reverse("letters:review", args=[review.pk]))


# How long students wait


def answered(advisor, *, days: float, ago: int = 1) -> LetterReview:
    answered_at = AT - timedelta(days=ago)
    return LetterReviewFactory(
        asked_at=answered_at - timedelta(days=days), answered_at=answered_at,
        verdict="APPROVED", reviewer=advisor,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("waits", "days", "words"),
    [
        ([], None, ""),
        ([0.2], 0.2, "less than a day"),
        ([1, 1.2], 1.1, "about a day"),
        ([1, 2, 30], 2.0, "about 2 days"),
    ],
)
def test_turnaround_is_the_one_in_the_middle(advisor, waits, days, words):
    for wait in waits:
        answered(advisor, days=wait)

    turnaround = turnaround_by(advisor, at=AT)

    assert (turnaround.letters, turnaround.days) == (len(waits), days)
    assert turnaround.in_words == words


def test_turnaround_counts_the_own_answers_of_ninety_days(advisor, other_advisor):
    answered(advisor, days=1)
    answered(advisor, days=20, ago=90)
    answered(other_advisor, days=9)
    LetterReviewFactory(asked_at=AT - timedelta(days=40))

    assert turnaround_by(advisor, at=AT).days == 1.0
    assert turnaround_of(LetterReview.objects.all()).letters == 3


def test_queue_says_how_long_each_waits_and_how_quick_one_is(as_advisor, advisor, review):
    LetterReview.objects.update(asked_at=datetime.now(UTC) - timedelta(days=3, hours=1))
    now = datetime.now(UTC)
    LetterReviewFactory(
        asked_at=now - timedelta(days=3), answered_at=now - timedelta(days=1), verdict="APPROVED",
        reviewer=advisor,
    )  # fmt: skip

    page = as_advisor.get(reverse("letters:reviews")).text

    assert "Waits 3\xa0days" in page
    assert "half of them in about 2 days or less" in page
