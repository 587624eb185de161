"""A request that was begun is the next step with its person, as far as it got (G13, G15)."""

from __future__ import annotations

from django.db.models import Prefetch

from contacts.models import Contact
from interviews.step_words import Words
from letters.models import Letter

BY_STATE = {
    Letter.State.DRAFT: Words(
        "Finish your letter to {name}",
        "You have begun it. The checks beside it say what is missing, and why it matters.",
        "Go on writing", "letters:detail", "pencil", 58,
    ),
    Letter.State.IN_REVIEW: Words(
        "Wait for word on your letter to {name}",
        "It is with your advisor. You can take it back at any time, and go on writing.",
        "Look at the letter", "letters:detail", "mail", 68,
    ),
    Letter.State.READY: Words(
        "Send your letter to {name}",
        "It is ready. From your own mail, on paper or through CareerHub: a copy stays in your log.",
        "Send it", "letters:send", "send", 52,
    ),
}  # fmt: skip

# For a list of people: one query for the letters of them all.
WITH_BEGUN = Prefetch("letters", Letter.objects.unsent_requests(), to_attr="begun_requests")


def begun_with(contact: Contact) -> Letter | None:
    """The request that is under way; one query, unless the people came WITH_BEGUN."""
    if hasattr(contact, "begun_requests"):
        return next(iter(contact.begun_requests), None)
    return contact.letters.unsent_requests().first()
