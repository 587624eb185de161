"""The office's words for one kind of mail: plain text on one line each."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from core.mail import one_line
from reminders.kinds.declaration import Kind
from reminders.models import Wording
from reminders.wording import fault_of, has_name


class WordingForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Wording
        fields = ["subject", "opening"]
        labels = {"subject": "Subject begins with", "opening": "First sentence"}
        help_texts = {
            "subject": "When it is due, or how late it is, follows by itself.",
        }
        error_messages = {
            "subject": {"required": "Write how the subject begins, or restore ours."},
            "opening": {"required": "Write the first sentence, or restore ours."},
        }

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.takes_name = has_name(kind)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_opening(self) -> str:
        return self._checked("opening")

    def _checked(self, name: str) -> str:
        text = one_line(self.cleaned_data[name], most=200)
        if fault := fault_of(text, takes_name=self.takes_name):
            raise forms.ValidationError(fault)
        return text
