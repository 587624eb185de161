"""Whom to ask whether students may write to them, and how fast."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from alumni.models import Campaign

NUMBER = "Write a number."


class CampaignForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Campaign
        fields = ["from_year", "to_year", "field", "most", "per_minute", "months_apart", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "from_year": "From class",
            "to_year": "To class",
            "field": "Field of work",
            "most": "To how many people, at most",
            "per_minute": "Mails a minute",
            "months_apart": "Leave out whoever was asked in the last … months",
            "words": "A few words of your own",
        }
        help_texts = {
            "field": "A word of it, such as journalism. Empty: every field.",
            "per_minute": "As many as your mail server bears.",
            "words": "They stand in the middle of the mail. It needs none.",
        }
        error_messages = {
            name: {"invalid": NUMBER, "required": NUMBER, "min_value": NUMBER, "max_value": NUMBER}
            for name in ("from_year", "to_year", "most", "per_minute", "months_apart")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            # The model says it in words of its own.
            self.fields[name].validators = [
                one for one in self.fields[name].validators if name in ("field", "words")
            ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("from_year"), Column("to_year")),
            "field",
            Row(Column("most"), Column("per_minute")),
            "months_apart",
            "words",
        )
