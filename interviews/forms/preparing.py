"""What a student writes while preparing, and what staff write into the bank."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from interviews.forms.talks import TalkForm
from interviews.models import Interview, Question, Topic

TOO_LONG = "Say it in 400 characters, or make two questions of it."


class OneLine(forms.CharField):
    """Line breaks and double spaces that came along with a paste become one space."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class OwnQuestionForm(TalkForm):
    text = OneLine(
        label="Your own question",
        max_length=400,
        help_text="Ask about the work, the way in, the people. Advice, not a job.",
        error_messages={"required": "Write your question.", "max_length": TOO_LONG},
    )


class TravelForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Interview
        fields = ["travel_minutes"]
        labels = {"travel_minutes": "Minutes to get there"}
        error_messages = {
            "travel_minutes": {
                "invalid": "Write the minutes as a number, such as 25.",
                "min_value": "Write the minutes as a number, such as 25.",
            }
        }

    def __init__(self, *args, spare: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "travel_minutes"
        ].help_text = f"On a slow day, door to door. We add {spare} to spare."
        self.helper = FormHelper()
        self.helper.form_tag = False


class BankQuestionForm(forms.ModelForm):
    use_required_attribute = False
    text = OneLine(
        label="The question",
        max_length=400,
        error_messages={"required": "Write the question.", "max_length": TOO_LONG},
    )
    why = OneLine(
        label="Why it is worth asking",
        required=False,
        max_length=300,
        help_text="One line, for the student who chooses.",
        error_messages={"max_length": "Say why in 300 characters."},
    )

    class Meta:
        model = Question
        fields = ["topic", "text", "why"]
        error_messages = {"topic": {"required": "Choose a topic."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What is a student's own is never in the bank.
        self.fields["topic"].choices = [("", "Choose a topic")] + [
            choice for choice in Topic.choices if choice[0] != Topic.OWN
        ]
        self.fields["topic"].error_messages["invalid_choice"] = "Choose a topic from the list."
        self.helper = FormHelper()
        self.helper.form_tag = False
