"""What is settled before a talk counts as confirmed (G26)."""

from __future__ import annotations

from typing import NamedTuple

from crispy_forms.layout import Layout
from django import forms

from interviews.forms.talks import TalkForm
from interviews.models import Interview


class Asked(NamedTuple):
    """`none` is what one ticks where it does not apply; without it, the answer is demanded."""

    label: str
    missing: str
    none: str = ""
    help_text: str = ""


IN_PERSON = {
    "place": Asked(
        "Where you meet",
        "Write down where.",
        "No place is needed",
        "Street, building, floor, whom to ask for.",
    ),
    "attire": Asked(
        "How people dress there", "Write down how people dress.", "It does not matter here"
    ),
    "parking": Asked(
        "Parking, or the way there",
        "Write down where to park, or how to get there.",
        "I need no parking and know the way",
    ),
}
BY_PHONE = {
    "who_dials": Asked("Who calls whom", "Choose who calls whom."),
    "number_or_link": Asked(
        "The number", "Write down the number.", "No number is needed", "The one that is called."
    ),
}
BY_VIDEO = {
    "who_dials": Asked("Who sends the link", "Choose who sends the link."),
    "number_or_link": Asked("The link", "Write down the link.", "It comes on the day"),
}
ASKED = {
    Interview.Format.IN_PERSON: IN_PERSON,
    Interview.Format.PHONE: BY_PHONE,
    Interview.Format.VIDEO: BY_VIDEO,
}
BY_CALL = [(Interview.WhoDials.ME, "I call them"), (Interview.WhoDials.THEM, "They call me")]
BY_LINK = [(Interview.WhoDials.ME, "I send it"), (Interview.WhoDials.THEM, "They send it")]
TOO_LONG = {"max_length": "That is too long. Shorten it a little."}


class ConfirmForm(TalkForm):
    """Asks what the format of the talk needs; to keep what is known, nothing is demanded."""

    def __init__(self, *args, interview: Interview, is_final: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.interview = interview
        self.is_final = is_final
        self.asked = ASKED[Interview.Format(interview.format)]
        layout = []
        for name, asked in self.asked.items():
            self.fields[name] = self._field(name, asked)
            layout.append(name)
            if asked.none:
                self.fields[f"no_{name}"] = forms.BooleanField(label=asked.none, required=False)
                layout.append(f"no_{name}")
        self.helper.layout = Layout(*layout)

    def _field(self, name: str, asked: Asked) -> forms.Field:
        if name == "who_dials":
            is_video = self.interview.format == Interview.Format.VIDEO
            return forms.ChoiceField(
                label=asked.label,
                required=False,
                widget=forms.RadioSelect,
                choices=BY_LINK if is_video else BY_CALL,
                error_messages={"invalid_choice": "Choose one of the two."},
            )
        return forms.CharField(
            label=asked.label,
            required=False,
            max_length=300 if name == "attire" else 500,
            help_text=asked.help_text,
            error_messages=TOO_LONG,
        )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if self.is_final:
            for name, asked in self.asked.items():
                is_open = not cleaned.get(name) and not cleaned.get(f"no_{name}")
                if is_open and name not in self.errors:
                    more = " Or tick that it does not apply." if asked.none else ""
                    self.add_error(name, asked.missing + more)
        return cleaned

    @property
    def known(self) -> dict:
        """As the actions take it. A value wins over the word that it does not apply."""
        values = {name: self.cleaned_data[name] for name in self.asked}
        not_applicable = [
            name
            for name, value in values.items()
            if not value and self.cleaned_data.get(f"no_{name}")
        ]
        return {**values, "not_applicable": not_applicable}
