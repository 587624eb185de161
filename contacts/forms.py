"""What a student writes down about a person and about an exchange."""

from __future__ import annotations

import re
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from accounts.forms import time_zones
from contacts.models import Contact, Interaction

SEPARATORS = re.compile(r"[,;\n]+")
MOST_NAMES = 30
LONGEST_NAME = 200


class QuickAddForm(forms.Form):
    """A name, or a few (G7, G8)."""

    use_required_attribute = False
    names = forms.CharField(
        label="A name, or a few separated by commas",
        max_length=3000,
        error_messages={"required": "Write a name first. A first name is enough for now."},
    )

    def clean_names(self) -> list[str]:
        pieces = SEPARATORS.split(self.cleaned_data["names"])
        names = [" ".join(piece.split()) for piece in pieces if piece.strip()]
        if not names:
            raise forms.ValidationError("Write a name first. A first name is enough for now.")
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Add at most {MOST_NAMES} names at a time.")
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError("One of these names is too long. Put commas between them.")
        return names


def zones_or_mine() -> list:
    return [("", "The same as mine"), *time_zones()]


class ContactForm(forms.ModelForm):
    use_required_attribute = False
    time_zone = forms.ChoiceField(label="Their time zone", required=False, choices=zones_or_mine)

    class Meta:
        model = Contact
        fields = [
            "name", "job_title", "employer", "field", "source", "source_note", "referred_by",
            "name_permission", "email", "phone", "address", "time_zone", "why",
        ]  # fmt: skip
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "job_title": "For example, features editor.",
            "source_note": "You will say this in your first sentence to them.",
            "why": "For your eyes only. It helps when you introduce yourself.",
        }
        error_messages = {
            "name": {"required": "Write the person’s name. A first name is enough for now."},
            "email": {"invalid": "Write the e-mail like name@example.org."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Contact.objects.of(self.instance.student).exclude(pk=self.instance.pk).by_name()
        self.fields["referred_by"].queryset = others
        self.fields["referred_by"].label = "Who gave me the name"
        self.fields["referred_by"].empty_label = "Nobody on my list"
        self.fields["source"].choices = [("", "Not written down yet"), *Contact.Source.choices]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "name",
            Row(Column("job_title"), Column("employer")),
            "field",
            Fieldset(
                "How I got the name",
                Row(Column("source"), Column("source_note")),
                Row(Column("referred_by"), Column("name_permission")),
            ),
            Fieldset(
                "How to reach them",
                Row(Column("email"), Column("phone")),
                "address",
                "time_zone",
            ),
            "why",
        )


class InteractionForm(forms.ModelForm):
    use_required_attribute = False
    channel = forms.ChoiceField(
        label="How",
        choices=[("", "Choose one"), *Interaction.Channel.choices],
        error_messages={"required": "Choose how it happened."},
    )

    class Meta:
        model = Interaction
        fields = [
            "happened_on", "channel", "direction", "outcome", "said", "promised_call_on",
            "is_shared",
        ]  # fmt: skip
        widgets = {
            "happened_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "promised_call_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "direction": forms.RadioSelect,
            "said": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"promised_call_on": "I promised to call on (if I did)"}
        help_texts = {
            "said": "Paste what you sent, or note what they told you.",
            "promised_call_on": "You will be reminded on the morning of that day.",
            "is_shared": "Without this, only you can read the words.",
        }
        error_messages = {
            "happened_on": {
                "required": "Write the day.",
                "invalid": "Write the day as year, month and day, such as 2027-03-09.",
            },
            "promised_call_on": {
                "invalid": "Write the day as year, month and day, such as 2027-03-09.",
            },
        }

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("happened_on"), Column("channel")),
            "direction",
            "outcome",
            "said",
            "promised_call_on",
            "is_shared",
        )

    def clean_happened_on(self) -> date:
        happened_on = self.cleaned_data["happened_on"]
        if happened_on > self.today:
            raise forms.ValidationError("That day is still ahead. Log it when it has happened.")
        return happened_on
