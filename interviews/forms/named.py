"""Whom somebody named: rows of a name, a phone and an e-mail (G22, G36)."""

from __future__ import annotations

from crispy_forms.layout import Column, Row
from django import forms

from contacts.actions import Named
from contacts.models import Contact
from interviews.forms.talks import TalkForm

PARTS = ("name", "phone", "email")
TOO_LONG = {"max_length": "That is too long. Shorten it a little."}
AT_ADDRESS = {"invalid": "Write the e-mail like name@example.org.", **TOO_LONG}
WHETHER_NAMED = [
    (Contact.NamePermission.YES, "Yes, I may use their name"),
    (Contact.NamePermission.NO, "No, better not"),
    (Contact.NamePermission.NOT_ASKED, "I did not ask"),
]


class NamedForm(TalkForm):
    most_names = 3
    permission = forms.ChoiceField(
        label="May you say who sent you?",
        widget=forms.RadioSelect,
        required=False,
        choices=WHETHER_NAMED,
        initial=Contact.NamePermission.NOT_ASKED,
        error_messages={"invalid_choice": "Choose one of the three."},
    )

    def add_name_rows(self) -> list[Row]:
        return [self._add_row(number) for number in range(1, self.most_names + 1)]

    def _add_row(self, number: int) -> Row:
        self.fields[f"name_{number}"] = forms.CharField(
            label=f"Name {number}", required=False, max_length=200, error_messages=TOO_LONG
        )
        self.fields[f"phone_{number}"] = forms.CharField(
            label=f"Phone {number}", required=False, max_length=40, error_messages=TOO_LONG
        )
        self.fields[f"email_{number}"] = forms.EmailField(
            label=f"E-mail {number}", required=False, max_length=254, error_messages=AT_ADDRESS
        )
        return Row(*(Column(f"{part}_{number}") for part in PARTS))

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for number in range(1, self.most_names + 1):
            known = cleaned.get(f"phone_{number}") or cleaned.get(f"email_{number}")
            if known and not cleaned.get(f"name_{number}") and f"name_{number}" not in self.errors:
                self.add_error(f"name_{number}", "Write the name, too. A first name is enough.")
        cleaned["permission"] = cleaned.get("permission") or Contact.NamePermission.NOT_ASKED
        return cleaned

    @property
    def people(self) -> list[Named]:
        return [
            Named(
                name=" ".join(self.cleaned_data[f"name_{number}"].split()),
                phone=self.cleaned_data.get(f"phone_{number}", ""),
                email=self.cleaned_data.get(f"email_{number}", ""),
            )
            for number in range(1, self.most_names + 1)
            if self.cleaned_data.get(f"name_{number}")
        ]
