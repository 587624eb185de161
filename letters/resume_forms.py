"""A student's résumé goes up; an advisor says what they think of it."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from letters.models import Resume
from letters.resumes import MOST_BYTES, kind_of


class ResumeForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label="Your résumé",
        help_text="PDF, Word (.docx) or OpenDocument (.odt), up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty. Choose another.",
            "missing": "Choose the file.",
            "invalid": "Choose the file.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("This file is larger than 5 MB. Save it smaller, as a PDF.")
        kind = kind_of(file)
        if kind is None:
            raise ValidationError(
                "This is not a PDF, Word or OpenDocument file. Save your résumé as a PDF."
            )
        self.cleaned_data["kind"] = kind
        return file


class ReviewResumeForm(forms.Form):
    use_required_attribute = False
    comment = forms.CharField(
        label="What you would tell them",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="The student reads this.",
        error_messages={"max_length": "That is too long. Keep it under 5,000 characters."},
    )
    status = forms.ChoiceField(
        label="Is it ready to be shown?",
        widget=forms.RadioSelect,
        choices=[
            (Resume.Status.REVIEWED, "Yes, they can take it along"),
            (Resume.Status.DRAFT, "Not yet"),
        ],
        error_messages={
            "required": "Say whether it is ready.",
            "invalid_choice": "Choose one of the two.",
        },
    )
    # The file that this page was opened for: another may have come in meanwhile.
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("status") == Resume.Status.DRAFT and not cleaned.get("comment"):
            self.add_error("comment", "Say what they should change first.")
        return cleaned
