"""The words that Maya wrote: every one invented, and good enough to learn from.

Her letter to Wen Li is the exception: a first draft, so that the checks have something to say.
"""

from __future__ import annotations

from careerhub.demo.writing import Learned
from interviews.models import Topic

TO_SAMUEL = {
    "objective": "I would like to learn how people get started in publishing, and what an "
    "acquisitions editor looks for in the first ten pages of a manuscript.",
}
TO_ORTIZ = {
    "greeting": "Dear Professor Ortiz,",
    "found": "I took your seminar on feature writing last spring, and I still have your notes on "
    "my piece about the ferry.",
    "objective": "I am exploring several fields, among them journalism and teaching, and would "
    "like to hear how the two have sat side by side in your life.",
}
QUESTION_ABOUT_ORTIZ = "She knows me already. Is this too stiff for a professor whom I see weekly?"
TO_WEN = {
    "found": "Your brother cuts my hair, and he says you are the one who definately knows where "
    "the town keeps its old letters.",
    "objective": "I would like to learn how people get started in [the field]. What does a normal "
    "day in the reading room look like?",
}

AFTER_DANA = Learned(
    before=3,
    after=5,
    insights={
        Topic.DAYS: "Pitches at nine, edits until two, and the phone in between. Nobody writes "
        "at a desk as much as I thought.",
        Topic.STARTING: "The summer desk. Three clips are enough if one of them is about a place.",
        Topic.PROS_CONS: "Everybody reads you. Everybody also writes to tell you so.",
    },
    advice=[
        "Pitch a place, not a topic",
        "Apply to the summer desk in February",
        "Read every piece aloud once before sending it",
    ],
    fields={
        "enjoyed": "hearing how the series on the dam began with one wet basement",
        "next_steps": "write up the story of the mill race, and read it aloud",
    },
)
AFTER_MARCUS = Learned(
    before=3,
    after=2,
    insights={
        Topic.DAYS: "Twenty-six people, six periods, and lunch standing up.",
        Topic.SATISFACTION: "The pupil who comes back in ten years.",
    },
    advice=["Write for one reader and read it aloud to her", "Sit in on a class before deciding"],
    fields={
        "enjoyed": "seeing the wall of first sentences in his classroom",
        "next_steps": "read my next piece aloud to my roommate",
        "decision": "Not my field, but I want to keep his way of listening.",
    },
)
AFTER_AIKO = Learned(
    before=2,
    after=4,
    insights={Topic.TRAINING: "Two languages, and patience with contracts."},
    advice=["Spend a term where the language is spoken", "Read a catalog from back to front"],
    fields={
        "enjoyed": "the story of the picture book that was sold eleven times in one afternoon",
        "next_steps": "ask the study-abroad office about the spring",
        "lead": "She would look at my CV if I ever apply for the rights assistantship.",
    },
)
