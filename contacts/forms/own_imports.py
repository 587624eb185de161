"""A file of one's own people, and whom of it to add."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from contacts.actions.own_imports import Choice
from contacts.importing.kinds import BYTES_AT_MOST
from contacts.models import ContactImportEntry

LONGEST_SEARCH = 200
LARGEST_NUMBER = 2**31 - 1


class OwnPeopleForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label="The file",
        help_text="A .vcf, .csv or Excel file of at most 10 MB.",
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Export your contacts again, and choose the new file.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > BYTES_AT_MOST:
            raise forms.ValidationError(
                "This file is larger than 10 MB. Export it without photos, or fewer people."
            )
        return upload


def words_of(data: QueryDict) -> str:
    return data.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]


def standing_of(data: QueryDict) -> str:
    """One of the four, or none."""
    standing = data.get("standing", "")
    return standing if standing in ContactImportEntry.Standing.values else ""


def choice_of(data: QueryDict) -> Choice:
    """Who was on the page, and who is ticked; what is no number is nobody's."""
    return Choice(shown=_numbers(data.getlist("shown")), ticked=_numbers(data.getlist("ticked")))


def _numbers(texts: list[str]) -> list[int]:
    plain = (text for text in texts if text.isascii() and text.isdigit() and len(text) < 11)
    return [number for number in map(int, plain) if number <= LARGEST_NUMBER]
