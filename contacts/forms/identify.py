"""Names as they come to mind, on one line."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from contacts.brainstorm import CIRCLES
from contacts.whom import (
    SEPARATORS,
    Known,
    Origin,
    SeveralMeant,
    known_to,
    meant_by,
    suggested_from,
)
from core.names import is_after_a_name

MOST_NAMES = 30
LONGEST_NAME = 200
WRITE_A_NAME = "Write a name first. A first name is enough for now."


def names_in(text: str) -> list[str]:
    """A comma parts two people, except before “Jr.” and “PhD”."""
    names: list[str] = []
    for piece in SEPARATORS.split(text):
        name = " ".join(piece.split())
        if names and is_after_a_name(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return names


class NamesForm(forms.Form):
    """A name, or a few (G7); `people` are those whom a name may mean."""

    use_required_attribute = False
    names = forms.CharField(
        label="A name, or a few separated by commas",
        max_length=3000,
        error_messages={"required": WRITE_A_NAME},
    )

    def __init__(self, *args, student: User | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people: list[Known] = known_to(student) if student else []

    def clean_names(self) -> list[str]:
        names = names_in(self.cleaned_data["names"])
        if not names:
            raise forms.ValidationError(WRITE_A_NAME)
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Add at most {MOST_NAMES} names at a time.")
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError("One of these names is too long. Put commas between them.")
        return names


class QuickAddForm(NamesForm):
    """And from whom one heard of them (G8)."""

    heard_from = forms.CharField(
        label="Who told you of them, if anyone",
        required=False,
        max_length=LONGEST_NAME,
        error_messages={"max_length": "This is too long for a name. Keep to 200 letters."},
    )

    @property
    def offered(self) -> list[str]:
        """What `heard_from` suggests: the circles, and the people who were touched last."""
        circles = [circle.title for circle in CIRCLES]
        return [*circles, *suggested_from(self.people)]

    def clean_heard_from(self) -> Origin:
        """Somebody on the list, a circle, or whatever was written: it is kept (G8)."""
        text = " ".join(self.cleaned_data["heard_from"].split())
        if not text:
            return Origin()
        try:
            person = meant_by(text, self.people)
        except SeveralMeant as several:
            raise forms.ValidationError(str(several)) from several
        if person:
            return Origin(referrer=person.pk)
        circle = next((c for c in CIRCLES if c.title.casefold() == text.casefold()), None)
        return Origin(source=circle.source) if circle else Origin(note=f"Heard of from {text}")


class ThoughtForm(NamesForm):
    """Who comes to mind in one circle, or who of it was asked and knows nobody (G9)."""

    ADD, KNOWS_NOBODY = "add", "knows_nobody"
    deed = forms.ChoiceField(
        choices=[(ADD, "Add"), (KNOWS_NOBODY, "Asked: they know nobody")], required=False
    )

    def __init__(self, *args, circle: str, **kwargs) -> None:
        super().__init__(*args, auto_id=f"id_%s_{circle.lower()}", **kwargs)

    def clean(self) -> dict[str, Any]:
        """What the suggestions call somebody is that person, not a new name."""
        cleaned = self.cleaned_data
        meant: dict[str, Known] = {}
        for name in cleaned.get("names", []):
            try:
                person = meant_by(name, self.people)
            except SeveralMeant as several:
                if cleaned.get("deed") == self.KNOWS_NOBODY:
                    self.add_error("names", str(several))
            else:
                meant |= {name: person} if person else {}
        return {**cleaned, "meant": meant}
