"""Questions in a letter, requests for work, and résumés."""

import pytest

from letters.checks import CHECKS, Piece, of_question

BY_ID = {check.id: check for check in CHECKS}


def found(check, text, **facts):
    return [finding.found for finding in BY_ID[check](Piece(text=text, **facts))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Could we meet? Would Tuesday suit you?", []),
        ("May I call you?", []),
        ("How are you?", []),
        ("Your essay “Who Owns the River?” was assigned to us.", []),
        ("Did you receive my letter?", []),
        ("What do you earn?", ["What do you earn?"]),
        ("1. What do you earn?\n2. Is it fun?", ["What do you earn?", "Is it fun?"]),
        ("Please tell me how you started.", ["Please tell me how you started."]),
        ("Please let me know what day suits you.", []),
        ("Can you get me a job?", []),
    ],
)
def test_questions_beyond_the_request_are_found(text, words):
    """G17."""
    assert found("extra_question", text) == words


OWN = ("What do people find hardest in their first year here?", "Why?")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What do people find hardest in the first year here?",) * 2,
        ("And what do people find hardest in their first year?",) * 2,
        ("What did you have for lunch?", None),
        ("I would like to learn what people find hard. Why?", None),
    ],
)  # fmt: skip
def test_a_question_of_ones_own_list_is_found_in_other_words(text, words):
    """G17."""
    assert found("own_question", text, questions=OWN) == ([words] if words else [])


def test_a_question_is_reported_once():
    text = "What do people find hardest in their first year here?"

    assert found("extra_question", text, questions=OWN) == []


WELCOME = [
    "How did you get your first job?",
    "I am not asking for a job.",
    "I am not asking for a job or an internship; I would be glad of your advice.",
    "How can I get experience before I look for an internship?",
    "What does your company look for when it hires beginners?",
    "If you were hiring a student, what would you look for?",
    "Where do people in this field hear about openings?",
    "I am not asking you for a position, but do you know of any openings?",
    "Please do not think that I want a job from you. Do you know of any openings?",
    "I did not come to ask for work, but would you keep me in mind?",
    "Could you refer me to somebody else in the field?",
    "Would you look over my résumé and tell me what you would change?",
    "I start my job search in the spring.",
    "My internship taught me a lot.",
    "Would you take this job again?",
    "I would never ask you to give me a job.",
    "I do not expect you to offer me an internship.",
    "I am not writing to apply for a position with you.",
    "",
]


@pytest.mark.parametrize("text", WELCOME)
def test_no_word_is_forbidden(text):
    """G34, G35."""
    assert of_question(text) == []
    assert found("direct_request", text) == []


UNWELCOME = [
    "Can you get me a job?",
    "Do you have any internships?",
    "Would you hire me?",
    "Could I work for you?",
    "Are you hiring?",
    "Could you put in a good word for me?",
    "Could you pass my résumé on to HR?",
    "Do you know of any openings?",
    "Would you keep me in mind?",
    "I am not asking for much, but would you hire me?",
    "I am not asking for a job, but could you give me an internship?",
]


@pytest.mark.parametrize("text", UNWELCOME)
def test_nobody_is_asked_for_work(text):
    """G34."""
    (finding,) = of_question(text)

    assert finding.check == "direct_request"
    assert finding.clause == "G34"
    assert finding.rewrite.rstrip("?") != finding.rewrite
    assert of_question(finding.rewrite) == []


@pytest.mark.parametrize("text", UNWELCOME)
def test_the_rewrite_of_a_letter_asks_for_nothing(text):
    """G17, G34."""
    (finding,) = BY_ID["direct_request"](Piece(text))
    after = Piece(text[: finding.start] + finding.rewrite + text[finding.end :])

    assert BY_ID["direct_request"](after) == []
    assert BY_ID["extra_question"](after) == []


def test_only_the_clause_that_asks_is_named():
    text = "I love your work, and could you give me a job?"

    (finding,) = BY_ID["direct_request"](Piece(text))

    assert finding.found == "could you give me a job?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I have attached my résumé.", ["I have attached my résumé"]),
        ("Please see my attached resume.", ["Please see my attached resume"]),
        ("My CV is enclosed.", ["My CV is enclosed"]),
        ("I would bring my résumé along to hear your advice.", []),
        ("I will resume my studies in May.", []),
        ("I need not bring a résumé.", []),
    ],
)
def test_a_resume_stays_at_home(text, words):
    """G32."""
    assert found("resume", text) == words


def test_a_resume_that_is_only_ticked_is_seen_too():
    """G32."""
    (finding,) = BY_ID["resume"](Piece("Hello.", attaches_resume=True))

    assert finding.start is None
