"""What others would read, and what the office leaves of it."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from insights.models import LONGEST

TOO_LONG = {"max_length": "That is more than 1,000 letters. Say it in fewer."}


class ShareForm(forms.Form):
    use_required_attribute = False
    text = forms.CharField(
        label="This is what others would read",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="We took out the names we know. Read it as somebody who knows you both would, "
        "and take out what still tells.",
        error_messages={"required": "Write what others should read.", **TOO_LONG},
    )
    field = forms.CharField(
        label="Field",
        max_length=200,
        help_text="Such as Journalism. It stands among advice of this field.",
        error_messages={"required": "Write the field that it is about."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ReviewForm(forms.Form):
    use_required_attribute = False
    left = forms.CharField(
        label="What others would read",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Strike what tells who said it, to whom or where. You cannot add a word; a gap "
        "shows that some are missing.",
        error_messages=TOO_LONG,
    )
    word = forms.CharField(
        label="Or a word to the student, if you send it back",
        required=False,
        max_length=500,
        error_messages={"max_length": "Say it in 500 letters."},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
