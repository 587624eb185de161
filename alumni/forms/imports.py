"""An upload, and the matching of its columns."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from alumni.importing.delimited import DELIMITER_NAMES
from alumni.importing.fields import FIELDS, IGNORE, NAMES
from alumni.importing.mapping import Mapping
from alumni.importing.places import country_of
from alumni.importing.table import Reading, Table
from alumni.importing.text import ENCODINGS, name_of
from alumni.models import Consent

CELL_LENGTH = 2000


class UploadForm(forms.Form):
    use_required_attribute = False
    list_file = forms.FileField(
        label="The list",
        help_text="CSV, TSV or a workbook (XLSX, XLS, ODS). Any order of columns will do.",
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose the one with the list.",
        },
    )
    consent = forms.ChoiceField(
        label="Did these people agree that students may write to them?",
        widget=forms.RadioSelect,
        choices=[
            (Consent.UNKNOWN, "The list says so in a column, or I do not know"),
            (Consent.YES, "Yes, everybody on this list agreed"),
        ],
        initial=Consent.UNKNOWN,
        help_text="Students see only people who agreed.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_list_file(self):
        upload = self.cleaned_data["list_file"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            most = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(f"This file is larger than {most}. Split the list in two.")
        return upload


class MatchForm(forms.Form):
    """One select for each column of a table, and where the table stands in its file."""

    use_required_attribute = False

    def __init__(self, *args, table: Table, mapping: Mapping, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        self.before = mapping
        self._add_places(table)
        self.fields["header_row"] = forms.IntegerField(
            label="Row with the headings",
            help_text="0 if there is none.",
            min_value=0,
            initial=table.header_row,
            error_messages={"required": "Write the number of the row, or 0.",
                            "min_value": "Write the number of the row, or 0."},
        )  # fmt: skip
        self.fields["consent"] = forms.ChoiceField(
            choices=[(Consent.UNKNOWN, "As a column says, or not known"),
                     (Consent.YES, "Everybody on this list agreed")],
            label="May students write to these people?",
            initial=mapping.consent,
        )  # fmt: skip
        self.fields["country"] = forms.CharField(
            label="Country",
            help_text="Of those who name none. Empty: where your office is.",
            required=False,
            max_length=100,
            initial=country_of(mapping.country)[0],
        )
        for column in table.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.heading,
                choices=[(field.name, field.label) for field in FIELDS],
                initial=mapping.columns.get(column.index, IGNORE),
            )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _add_places(self, table: Table) -> None:
        """How the file was read, to be put right where it was read wrongly."""
        if len(table.sheets) > 1:
            sheets = [(name, name) for name in table.sheets]
            self.fields["sheet"] = forms.ChoiceField(choices=sheets, initial=table.sheet)
        if table.encoding:
            # A list may be in an encoding that is too rare to be offered.
            found = name_of(table.encoding)
            known = {table.encoding: f"{table.encoding}, as we found it"} | ENCODINGS
            if found in ENCODINGS.values():
                known = {code: name for code, name in ENCODINGS.items() if name != found}
                known = {table.encoding: found} | known
            self.fields["encoding"] = forms.ChoiceField(
                label="Letters", choices=list(known.items()), initial=table.encoding,
                help_text="Change it if names look wrong below.", required=False,
            )  # fmt: skip
        if table.delimiter:
            known = {table.delimiter: f"“{table.delimiter}”"} | DELIMITER_NAMES
            self.fields["delimiter"] = forms.ChoiceField(
                label="Columns are separated by", choices=list(known.items()),
                initial=table.delimiter, required=False,
            )  # fmt: skip

    @property
    def as_read(self) -> str:
        """“Read with the headings in row 3, as UTF-8, with commas between the columns”."""
        table = self.table
        said = [f"headings in row {table.header_row}" if table.header_row else "no headings"]
        if table.sheet and len(table.sheets) > 1:
            said.append(f"from the sheet “{table.sheet}”")
        if table.encoding:
            said.append(f"letters as {name_of(table.encoding)}")
        if table.examples:
            said[-1] += f" ({', '.join(f'“{word}”' for word in table.examples)})"
        if table.delimiter in DELIMITER_NAMES:
            said.append(f"{DELIMITER_NAMES[table.delimiter]} between columns")
        return f"Read with {', '.join(said)}"

    @property
    def changed_place(self) -> str:
        """The first of the fields of a reading that is not as it was; empty if none is."""
        said, was = self.cleaned_data, self.table
        return next(
            (name for name in Reading._fields
             if said.get(name, "") != "" and said[name] != getattr(was, name)), "",
        )  # fmt: skip

    def reading(self) -> Reading:
        """As it was said here. What nobody corrected is found out anew, the headings too."""
        said, was, before = self.cleaned_data, self.table, self.before
        moved = self.changed_place
        return Reading(
            sheet=said.get("sheet", was.sheet),
            header_row=None
            if moved and said["header_row"] == was.header_row
            else said["header_row"],
            encoding=_corrected(said.get("encoding"), was.encoding, before.encoding),
            delimiter=_corrected(said.get("delimiter"), was.delimiter, before.delimiter),
        )

    def mapping(self) -> Mapping:
        said = self.cleaned_data
        return Mapping(
            columns={
                column.index: said[f"column_{column.index}"]
                for column in self.table.columns
                if said[f"column_{column.index}"] != IGNORE
            },
            consent=said["consent"],
            country=said["country"],
            **self.reading()._asdict(),
        )

    def clean_country(self) -> str:
        """The two letters of the country that was written in whatever way."""
        written = self.cleaned_data["country"]
        _, code = country_of(written)
        if written and not code:
            raise forms.ValidationError(
                f"We know no country called “{written}”. Try its full name."
            )
        return code

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        once = {"full_name", "given_name", "family_name", "email", "class_year", "external_id"}
        chosen = [cleaned.get(f"column_{column.index}") for column in self.table.columns]
        twice = sorted(name for name in once if chosen.count(name) > 1)
        labels = {field.name: field.label for field in FIELDS}
        for name in twice:
            self.add_error(None, f"Two columns are matched to “{labels[name]}”. Choose one.")
        if NAMES.isdisjoint(chosen) and not self.changed_place:
            self.add_error(
                None,
                "No column is matched to a name yet, and without one nobody comes in. Choose the "
                "column with the full names, or those with the first and the last names.",
            )
        return cleaned


def _corrected(said: str | None, found: str, before: str | None) -> str | None:
    return before if said in (None, "", found) else said


class CorrectionForm(forms.Form):
    """The cells of one row, as somebody corrects them on the page."""

    use_required_attribute = False

    def __init__(self, *args, headings: dict[int, str], cells: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        for index, heading in headings.items():
            self.fields[f"cell_{index}"] = forms.CharField(
                label=heading,
                initial=cells[index] if index < len(cells) else "",
                required=False,
                max_length=CELL_LENGTH,
                strip=True,
                # Some cells hold lines; a line break must not be lost by an input of one line.
                widget=forms.Textarea(attrs={"rows": 1}),
            )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def cells(self) -> dict[int, str]:
        return {int(name.removeprefix("cell_")): cell for name, cell in self.cleaned_data.items()}
