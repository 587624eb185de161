"""A word of the office's vocabulary."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from alumni.models import Kind, Term

MOST_SPELLINGS = 200


class TermForm(forms.ModelForm):
    use_required_attribute = False
    spellings = forms.CharField(
        label="Other spellings",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One a line. Lists that say these are read as the word above; "
        "case, accents and points make no difference.",
    )

    class Meta:
        model = Term
        fields = ["kind", "name", "spellings"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": "What kind of word is it?", "name": "The word, as students read it"}
        error_messages = {
            "name": {"required": "Write the word."},
            "kind": {"required": "Choose one.", "invalid_choice": "Choose one of these."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["spellings"] = "\n".join(self.instance.spellings)
        if self.instance.pk:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = Kind.choices
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_spellings(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["spellings"].splitlines()]
        spellings = [line for line in lines if line]
        if len(spellings) > MOST_SPELLINGS:
            raise forms.ValidationError(f"Keep it to {MOST_SPELLINGS} spellings.")
        if too_long := next((line for line in spellings if len(line) > 200), None):
            raise forms.ValidationError(f"“{too_long[:60]}…” is longer than 200 letters.")
        return spellings


class OtherTermForm(forms.Form):
    """Which other term of the same kind."""

    use_required_attribute = False
    term = forms.ModelChoiceField(
        label="The word to keep",
        queryset=Term.objects.none(),
        empty_label="Choose a word",
        error_messages={"required": "Choose a word.", "invalid_choice": "Choose one of the list."},
    )

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms
        self.helper = FormHelper()
        self.helper.form_tag = False
