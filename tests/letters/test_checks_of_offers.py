"""A job asked for without the word: by an offer of oneself (G34), and what only sounds like it."""

from __future__ import annotations

import re

import pytest

from letters.checks import Piece, of_question
from letters.checks.job import direct_request
from letters.checks.offers import OFFERS
from letters.checks.questions import own_question

OFFERED = [
    "I'd be thrilled to join your lab as an intern this June.",
    "I would be honored to work alongside you this summer.",
    "If your team needs an extra pair of hands, I am free.",
    "I hope you will think of me when you fill the assistant position.",
    "I can start as early as June 1.",
    "May I send you my application?",
    "Could you introduce me to the person who hires?",
    "Would your firm ever take someone like me?",
    "Is there any chance of a spot on your team?",
]
NEAR = [
    "I would love to join your team meeting if that is easier.",
    "I hope to work with you on finding an hour.",
    "Tell me if you need help finding the room.",
    "Think of me as somebody who asks too much.",
    "I can start immediately after class.",
    "How did you send in your application?",
    "Could you introduce me to somebody in the field?",
    "What makes people take a student like me seriously?",
    "If a slot opens up in your calendar, I will take it.",
    "I know I need a job that keeps my hands busy.",
    "Do I need an internship to get in?",
]


@pytest.mark.parametrize("sentence", OFFERED)
def test_an_offer_of_oneself_is_a_request(sentence):
    """G34"""
    assert [one.found for one in direct_request(Piece(text=sentence))] == [sentence]
    assert of_question(sentence)


@pytest.mark.parametrize("sentence", NEAR)
def test_words_that_only_sound_like_it_pass(sentence):
    """G35"""
    assert direct_request(Piece(text=sentence)) == []


def test_each_pattern_has_its_sentence():
    said = [sentence.lower() for sentence in OFFERED]

    assert [one for one in OFFERS if not any(re.search(one, sentence) for sentence in said)] == []


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "What does a typical week look like for you?",
            "I am curious what a typical week looks like for you, and about your path.",
            "what a typical week looks like for you",
        ),
        (
            "What is the hardest part of your work?",
            "I would love to hear what the hardest part of your work is.",
            "what the hardest part of your work is",
        ),
    ],
)
def test_a_question_of_ones_list_is_heard_within_a_sentence(question, sentence, found):
    """G17"""
    findings = own_question(Piece(text=sentence, questions=(question,)))

    assert [one.found for one in findings] == [found]
    about_both = "I would like to learn what museums do."
    assert own_question(Piece(text=about_both, questions=(question,))) == []
