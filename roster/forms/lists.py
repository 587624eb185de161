"""The registrar's file, and the matching of its columns."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from alumni.forms import MatchForm
from alumni.importing.mapping import Mapping, headings_of
from alumni.importing.table import Reading, Table
from roster.importing.columns import FIELDS, IGNORE, LABELS, MANY

BYTES_AT_MOST = 10 * 1024 * 1024


class StudentListForm(forms.Form):
    use_required_attribute = False
    list_file = forms.FileField(
        label="The registrar’s list",
        help_text="CSV, TSV or a workbook (XLSX, XLS, ODS) of at most 10 MB.",
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose the one with the list.",
        },
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_list_file(self) -> Any:
        upload = self.cleaned_data["list_file"]
        if upload.size > BYTES_AT_MOST:
            raise forms.ValidationError("This file is larger than 10 MB. Split the list in two.")
        return upload


class StudentMatchForm(MatchForm):
    """As for a list of alumni, with what a list of students holds."""

    def __init__(
        self, *args, table: Table, columns: dict[str, str], reading: Reading, **kwargs
    ) -> None:
        super().__init__(*args, table=table, mapping=Mapping(**reading._asdict()), **kwargs)
        del self.fields["consent"]
        self.keys = headings_of(table)
        for index, key in self.keys.items():
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=table.columns[index].heading,
                choices=[(field.name, field.label) for field in FIELDS],
                initial=columns.get(key, IGNORE),
            )

    def columns(self) -> dict[str, str]:
        said = {key: self.cleaned_data[f"column_{index}"] for index, key in self.keys.items()}
        return {key: name for key, name in said.items() if name != IGNORE}

    def clean(self) -> dict:
        cleaned = forms.Form.clean(self) or {}
        chosen = [cleaned.get(f"column_{index}") for index in self.keys]
        for name in sorted(LABELS.keys() - MANY - {IGNORE}):
            if chosen.count(name) > 1:
                self.add_error(None, f"Two columns are matched to “{LABELS[name]}”. Choose one.")
        return cleaned
