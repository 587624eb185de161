"""What an advisor writes. Whom it goes to, the view says."""

from __future__ import annotations

from django import forms

from advising.models import Goal, Remark

LONGEST = 3000
DAY_INVALID = "Write the day as year, month and day, such as 2027-03-09."


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


class GoalForm(forms.ModelForm):
    """Which students, the class, the major and the field say together; nothing means all."""

    use_required_attribute = False

    class Meta:
        model = Goal
        fields = (
            "metric", "target", "from_on", "until_on", "class_year", "major", "field", "name",
        )  # fmt: skip
        widgets = {
            "from_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "until_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "class_year": "Leave it empty for every class.",
            "major": "As it stands in the students’ profiles; empty for every major.",
            "field": "As it stands in the students’ profiles; empty for every field.",
            "name": "If it has one, such as “Spring break challenge”.",
        }
        error_messages = {
            "from_on": {"required": "Say when it begins.", "invalid": DAY_INVALID},
            "until_on": {"required": "Say until when.", "invalid": DAY_INVALID},
            "target": {"required": "Say how many.", "invalid": "Write a number, such as 3."},
            "class_year": {"invalid": "Write the year with four digits, such as 2027."},
        }

    def clean(self) -> dict:
        """A group of nobody is a word that was mistyped."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name in ("class_year", "major", "field"):
                setattr(self.instance, name, cleaned[name])
            if not self.instance.students().exists():
                raise forms.ValidationError(
                    "Nobody is in this group. Check the class, the major and the field."
                )
        return cleaned
