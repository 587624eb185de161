"""A record in the directory."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from alumni.models import Alum

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
    majors = WordsField(label="Majors")
    fields_of_work = WordsField(label="Fields of work")

    class Meta:
        model = Alum
        fields = [
            "name", "given_name", "family_name", "external_id", "email", "phone", "class_year",
            "majors", "fields_of_work", "employer", "job_title", "city", "region", "country",
            "note_to_students", "consent",
        ]  # fmt: skip
        widgets = {
            "note_to_students": forms.Textarea(attrs={"rows": 3}),
            "consent": forms.RadioSelect,
        }
        labels = {"external_id": "The office’s number", "consent": "May students write to them?"}
        error_messages = {
            "name": {"required": "Write the name as it should be read."},
            "email": {"invalid": "Write the e-mail like name@example.org."},
            "class_year": {"invalid": YEAR, "min_value": YEAR, "max_value": YEAR},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["class_year"].validators = []
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
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
        )

    def clean_class_year(self) -> int | None:
        year = self.cleaned_data["class_year"]
        if year is not None and not 1800 <= year <= 2100:
            raise forms.ValidationError(YEAR)
        return year
