"""Who is looked for on the roster, to whom they go, and what a rule says."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict

from accounts.forms import ListField
from accounts.models import User
from roster.models import AssignmentRule
from roster.people import who_may_advise

NOBODY = "none"
LARGEST = 2**31 - 1
YEAR = {"invalid": "Write the year with four digits, such as 2027."}


class StudentFilter(forms.Form):
    """Found by name, e-mail or number; what cannot be understood filters nothing."""

    use_required_attribute = False
    q = forms.CharField(required=False, max_length=100)
    advisor = forms.CharField(required=False, max_length=12)
    year = forms.IntegerField(required=False, min_value=1900, max_value=2100)

    @property
    def said(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def advisor_said(self) -> str:
        """“none”, the key of an advisor, or nothing."""
        said = self.said.get("advisor", "")
        is_key = said.isascii() and said.isdigit() and len(said) < 10
        return said if said == NOBODY or is_key else ""


class HandForm(forms.Form):
    """Whom the office gives to whom; nobody ends it."""

    use_required_attribute = False
    advisor = forms.ChoiceField(
        error_messages={
            "required": "Choose the advisor they go to.",
            "invalid_choice": "Choose an advisor from the list.",
        }
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._advisors = {str(one.pk): one for one in who_may_advise()}
        advisor: Any = self.fields["advisor"]
        advisor.choices = [
            *((pk, one.name) for pk, one in self._advisors.items()), (NOBODY, "Nobody")
        ]  # fmt: skip
        self.students = _numbers(data.getlist("student"))

    def clean(self) -> dict:
        if not self.students:
            raise forms.ValidationError("Tick at least one student.")
        return super().clean() or {}

    @property
    def to(self) -> User | None:
        return self._advisors.get(self.cleaned_data["advisor"])


def _numbers(texts: list[str]) -> list[int]:
    plain = (text for text in texts if text.isascii() and text.isdigit() and len(text) < 11)
    return [number for number in map(int, plain) if number <= LARGEST]


class AdvisorField(forms.ModelChoiceField):
    def __init__(self, **kwargs) -> None:
        super().__init__(User.objects.none(), empty_label="Choose an advisor", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class RuleForm(forms.ModelForm):
    use_required_attribute = False
    majors = ListField(label="Majors", help_text="With commas between them. Empty: any.")
    interests = ListField(
        label="Fields that interest them", help_text="With commas between them. Empty: any."
    )
    advisor = AdvisorField(
        label="They go to", error_messages={"required": "Choose the advisor they go to."}
    )

    class Meta:
        model = AssignmentRule
        fields = ["majors", "interests", "from_year", "to_year", "advisor"]
        labels = {"from_year": "From class", "to_year": "To class"}
        help_texts = {"to_year": "The same year twice is one class."}
        error_messages = {"from_year": YEAR, "to_year": YEAR}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        advisor: Any = self.fields["advisor"]
        advisor.queryset = who_may_advise()
        for name in ("from_year", "to_year"):
            self.fields[name].validators = self.fields[name].validators[-2:]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "majors", "interests", Row(Column("from_year"), Column("to_year")), "advisor"
        )
