"""A record in the directory."""

from __future__ import annotations

from typing import cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.http import QueryDict

from alumni.importing.fields import LENGTHS
from alumni.importing.phones import as_dialed
from alumni.models import HIDEABLE, Alum, AskBy

MOST_IN_A_MONTH, MOST_DAYS = 31, 365
IN_A_MONTH = f"Write a number from 0 to {MOST_IN_A_MONTH}, or leave it empty."
BETWEEN = f"Write a number of days from 0 to {MOST_DAYS}, or leave it empty."
YEAR = "Write the year with four digits, such as 1998."


class WordsField(SimpleArrayField):
    def __init__(self, **kwargs):
        super().__init__(
            forms.CharField(max_length=200), required=False, delimiter=";",
            help_text="With semicolons between them.", **kwargs,
        )  # fmt: skip

    def prepare_value(self, value):
        return "; ".join(value) if isinstance(value, list) else value


class AlumForm(forms.ModelForm):
    use_required_attribute = False
    # When the record was last changed before it was shown here.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    majors = WordsField(label="Majors")
    fields_of_work = WordsField(label="Fields of work")
    ask_by = forms.ChoiceField(
        label="How do they want to be asked?",
        required=False,
        choices=AskBy.choices,
        widget=forms.RadioSelect,
    )
    requests_per_month = forms.IntegerField(
        label="Requests in a month, at most",
        required=False,
        min_value=0,
        max_value=MOST_IN_A_MONTH,
        help_text="Empty: as the office’s settings say. 0: none at all.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), IN_A_MONTH),
    )
    days_between_requests = forms.IntegerField(
        label="Days between two requests",
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text="Empty: as the office’s settings say.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), BETWEEN),
    )

    class Meta:
        model = Alum
        fields = [
            "name", "given_name", "family_name", "external_id", "email", "phone", "class_year",
            "majors", "fields_of_work", "employer", "job_title", "city", "region", "country",
            "note_to_students", "consent", "ask_by", "hidden_fields", "paused_until",
            "requests_per_month", "days_between_requests",
        ]  # fmt: skip
        widgets = {
            "paused_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "note_to_students": forms.Textarea(attrs={"rows": 3}),
            "consent": forms.RadioSelect,
        }
        labels = {
            "external_id": "The office’s number",
            "consent": "May students write to them?",
            "paused_until": "A break until",
        }
        help_texts = {"paused_until": "On that day students may ask again."}
        error_messages = {
            "name": {"required": "Write the name as it should be read."},
            "email": {"invalid": "Write the e-mail like name@example.org."},
            "class_year": {"invalid": YEAR, "min_value": YEAR, "max_value": YEAR},
            "paused_until": {"invalid": "Write the day as year, month and day: 2027-03-09."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["class_year"].validators = []
        # Not declared above: a form has a method of this name.
        self.fields["hidden_fields"] = forms.MultipleChoiceField(
            label="What do they not show to students?",
            required=False,
            choices=HIDEABLE,
            widget=forms.CheckboxSelectMultiple,
            help_text="You see everything; nobody else sees what is ticked.",
        )
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "seen",
            "name",
            Row(Column("given_name"), Column("family_name")),
            Row(Column("email"), Column("phone")),
            Row(Column("class_year"), Column("external_id")),
            "majors",
            "fields_of_work",
            Row(Column("job_title"), Column("employer")),
            Row(Column("city"), Column("region"), Column("country")),
            "note_to_students",
            "consent",
            Fieldset(
                "Their terms",
                "ask_by",
                "hidden_fields",
                "paused_until",
                Row(Column("requests_per_month"), Column("days_between_requests")),
            ),
        )

    def clean_class_year(self) -> int | None:
        year = self.cleaned_data["class_year"]
        if year is not None and not 1800 <= year <= 2100:
            raise forms.ValidationError(YEAR)
        return year

    def clean(self) -> dict:
        """A phone is kept as lists bring it, or a list that has it would change it."""
        said = super().clean() or self.cleaned_data
        if said.get("phone") and "phone" in self.changed_data:
            number = as_dialed(said["phone"], country=said.get("country", ""))
            said["phone"] = number if len(number) <= LENGTHS["phone"] else said["phone"]
        if said.get("seen", "") not in ("", self.initial.get("seen")):
            self._say_what_changed()
        return said

    def _say_what_changed(self) -> None:
        """The alum on their desk, or a colleague: their word does not go without one of ours."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = self.initial["seen"]
        self.data = data
        differs = [name for name in self.changed_data if name != "seen"]
        now = "; ".join(f"{self.fields[name].label}: {self._says_now(name)}" for name in differs)
        where = f" Where yours differs it says now: {now}." if now else ""
        self.add_error(
            None,
            "This record was changed while you had it open, and nothing of yours is saved yet."
            f"{where} Put right below what you did not mean to change, and save once more.",
        )

    def _says_now(self, name: str) -> str:
        value = self.initial.get(name)
        labels = dict(getattr(self.fields[name], "choices", ()))
        values = value if isinstance(value, list) else [value]
        shown = [str(labels.get(one, one)) for one in values if one not in ("", None)]
        return f"“{'; '.join(shown)}”" if shown else "nothing"
