"""What an advisor writes. Whom it goes to, the view says."""

from __future__ import annotations

from django import forms

from advising.models import Remark

LONGEST = 3000


def _words(label: str, *, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": "Write a word or two first.",
            "max_length": f"Keep it under {LONGEST} characters.",
        },
    )


class RemarkForm(forms.Form):
    """Two buttons send it: one for the student, one for advisors alone."""

    use_required_attribute = False
    text = _words("What do you want to write down?", rows=3)
    kind = forms.ChoiceField(
        choices=[
            (Remark.Kind.COMMENT, Remark.Kind.COMMENT.label),
            (Remark.Kind.NOTE, Remark.Kind.NOTE.label),
        ],
        error_messages={
            "required": "Say who may read it.",
            "invalid_choice": "Say who may read it.",
        },
    )


class RewordForm(forms.Form):
    use_required_attribute = False
    text = _words("In other words", rows=5)


class NudgeForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(
        label="Subject",
        max_length=120,
        error_messages={
            "required": "Give it a subject: it is what they see first.",
            "max_length": "Keep the subject under 120 characters.",
        },
    )
    text = _words("What you write", rows=9)

    def clean_subject(self) -> str:
        """A line break has no place in a header."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")
