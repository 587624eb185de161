"""What a student writes down about an exchange."""

from __future__ import annotations

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from contacts.models import Interaction


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
        if self.instance.call_back_at:
            hour = f"They asked for {self.instance.call_back_in_words}. It moves with the day."
            self.fields["promised_call_on"].help_text = hour
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
