"""What a request to an alum asks: the words, how to meet, for how long."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.models import OfficeSettings
from alumni.models import Request

LEAST_MINUTES = 5
MOST_WORDS = 4000


class AskForm(forms.Form):
    use_required_attribute = False
    words = forms.CharField(
        label="Your words",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Write over whatever does not sound like you.",
        error_messages={
            "required": "Write what you would like to ask.",
            "max_length": "That is too long for a request. Keep it under 4,000 characters.",
        },
    )
    medium = forms.ChoiceField(
        label="How would you like to meet?",
        choices=Request.Medium.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how you would like to meet.",
            "invalid_choice": "Choose one of the ways to meet.",
        },
    )

    def __init__(self, *args, office: OfficeSettings, **kwargs):
        super().__init__(*args, **kwargs)
        self.office = office
        self.most_minutes = max(office.minutes_by_phone, office.minutes_in_person)
        most_minutes = max(self.most_minutes, LEAST_MINUTES)
        between = f"Write a number of minutes from {LEAST_MINUTES} to {most_minutes}."
        wrong = ("required", "invalid", "min_value", "max_value")
        self.fields["minutes"] = forms.IntegerField(
            label="For how many minutes?",
            min_value=LEAST_MINUTES,
            max_value=most_minutes,
            help_text="A short talk is easy to say yes to.",
            error_messages=dict.fromkeys(wrong, between),
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("words", Row(Column("medium"), Column("minutes")))
