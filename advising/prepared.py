"""How a mail to students may begin, by the reason why; the advisor writes over it."""

from __future__ import annotations

from typing import NamedTuple

from advising.reasons import Why


class Prepared(NamedTuple):
    subject: str
    text: str


PREPARED = {
    Why.PROMISED_CALL: Prepared(
        "The call that you promised",
        "A call you promised is still open. People remember who calls when they said they would, "
        "and a late call is far better than none.\n\n"
        "Is something in the way? Come by, and we practice it in five minutes.",
    ),
    Why.THANK_YOU: Prepared(
        "Your thank-you note",
        "A thank-you of yours is still to be mailed. Four sentences will do: what you liked, the "
        "advice that helped, and what you will do with it.\n\n"
        "If you are not sure how to begin, send me a draft through CareerHub.",
    ),
    Why.FOLLOW_UP: Prepared(
        "A second letter",
        "It is a while since you met somebody who gave you good advice. Tell them in a few lines "
        "what you did with it: that is how a conversation becomes a contact for life.",
    ),
    Why.LETTER: Prepared(
        "Your letter is with me",
        "Thank you for sending me your letter. I have it, and you will hear from me soon.",
    ),
    Why.NOES: Prepared(
        "About the noes",
        "You have heard no several times in a row. That is part of it, and says little about "
        "you.\n\n"
        "Let us look at how you ask, and at whom: come by this week.",
    ),
    Why.NO_NAMES: Prepared(
        "One question for the end of a talk",
        "You have met several people already. At the close of the next talk, ask one thing more: "
        "whom else should I meet?\n\n"
        "Most people are glad to think of a name, and an introduction opens doors that letters do "
        "not.",
    ),
    Why.NOBODY_ADDED: Prepared(
        "A first name",
        "Your list is still empty, and beginning is the hardest part. Write down three people "
        "whose work sounds interesting; a neighbor or a professor counts.\n\n"
        "If nobody comes to mind, come by, and we find the first one together.",
    ),
    Why.NOBODY_ASKED: Prepared(
        "Ask one of them",
        "You know people worth talking with, and have not asked anybody yet. Choose the one who "
        "would be easiest to ask, and write to them this week.\n\n"
        "I am glad to read the letter before it goes out.",
    ),
    Why.QUIET: Prepared(
        "How is it going?",
        "I have not seen anything new from you for a while. What is in the way, and what would "
        "help?\n\nCome by, or write me a line or two.",
    ),
}
OWN_WORDS = Prepared("", "")
