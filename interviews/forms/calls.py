"""What came of a call, in the student's words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from contacts.models import Contact
from core.localtime import local_date
from interviews.forms.named import NamedForm
from interviews.forms.talks import DATE_WORDS, FURTHEST, HourForm, TalkForm

RECEIVED = [("yes", "Yes, they have it"), ("no", "No, not yet")]
SAID_WORDS = {"max_length": "That is too long. Shorten it a little."}


def said(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages=SAID_WORDS,
    )


class ReceivedForm(TalkForm):
    """Asked after a letter alone (G20)."""

    received = forms.ChoiceField(
        label="Did your letter reach them?",
        required=False,
        widget=forms.RadioSelect,
        choices=RECEIVED,
        error_messages={"invalid_choice": "Choose yes or no."},
    )

    def __init__(self, *args, wrote: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not wrote:
            del self.fields["received"]


class CameForm(ReceivedForm):
    """Which of the five it was."""

    came = forms.ChoiceField(
        choices=[(key, key) for key in ("now", "agreed", "bad_time", "unanswered", "declined")],
        error_messages={
            "required": "Choose what came of the call.",
            "invalid_choice": "Choose what came of the call.",
        },
    )


class BadTimeForm(HourForm, ReceivedForm):
    """The hour is the contact's own: it is how they said it (G19)."""

    said = said("What they said", "Why now is a bad time, and anything to remember. Only for you.")
    has_passed = "That time has passed where they are. Choose one that is still ahead."

    def __init__(self, *args, contact: Contact, at: datetime, **kwargs):
        super().__init__(*args, zone=contact.zone, at=at, **kwargs)
        self.at = at
        self.fields["on"].label, self.fields["clock"].label = "Day, where they are", "Time there"
        after = ["received"] if "received" in self.fields else []
        self.helper.layout = Layout(Row(Column("on"), Column("clock")), *after, "said")

    def clean(self) -> dict:
        cleaned = super().clean()
        if (starts_at := cleaned.get("starts_at")) and starts_at <= self.at:
            self.add_error("clock", self.has_passed)
        return cleaned


class UnansweredForm(TalkForm):
    left = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[("message", "I left a message"), ("nobody", "Nobody answered")],
        error_messages={
            "required": "Choose what happened.",
            "invalid_choice": "Choose one of the two.",
        },
    )
    try_on = forms.DateField(
        label="Try again on",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="You are reminded that morning. Leave it empty to let this rest.",
        error_messages=DATE_WORDS,
    )
    said = said("A note", "What your message said, or when they are in. Only for you.")

    def __init__(self, *args, student, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = local_date(at, student.time_zone)
        self.fields["try_on"].initial = working_days_on(self.today, 2)
        self.fields["try_on"].widget.attrs["min"] = self.today.isoformat()

    def clean_try_on(self) -> date | None:
        on = self.cleaned_data["try_on"]
        if on and on < self.today:
            raise ValidationError("That day has passed. Choose one that is still ahead.")
        if on and on - self.today > FURTHEST:
            raise ValidationError("That is more than a year away. Check the year.")
        return on


def working_days_on(today: date, number: int) -> date:
    """Offices are closed on Saturday and Sunday."""
    on = today
    while number:
        on += timedelta(days=1)
        number -= on.weekday() < 5
    return on


class DeclinedForm(ReceivedForm, NamedForm):
    """Whom they named instead, if it felt right to ask (G22)."""

    said = said("What they said", "Only for you.")
    knows_nobody = forms.BooleanField(label="I asked, and they know nobody", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, *others = self.add_name_rows()
        # What was typed there is not hidden when the form comes back.
        typed = [key for key in self.data if key[-2:] in ("_2", "_3") and self.data[key]]
        self.helper.layout = Layout(
            *(["received"] if "received" in self.fields else []),
            "said",
            HTML('<h2 class="section-head">Whom they named</h2>'),
            first,
            HTML(f'<details class="mb-3"{" open" if typed else ""}><summary>More names</summary>'),
            *others,
            HTML("</details>"),
            "permission",
            "knows_nobody",
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("knows_nobody") and self.people:
            self.add_error("knows_nobody", "You wrote down a name. Take this tick away.")
        return cleaned
