"""The days of a term."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.models import Term


class TermForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Term
        fields = ["name", "first_on", "last_on"]
        labels = {"name": "What is it called?"}
        widgets = {
            field: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for field in ("first_on", "last_on")
        }
        error_messages = {
            "name": {
                "required": "Give it a name, such as Fall 2026.",
                "unique": "There is a term of this name already.",
            },
            "first_on": {"required": "Choose the first day.", "invalid": "Choose a day."},
            "last_on": {"required": "Choose the last day.", "invalid": "Choose a day."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", Row(Column("first_on"), Column("last_on")))

    def clean(self) -> dict:
        said = super().clean() or {}
        first_on, last_on = said.get("first_on"), said.get("last_on")
        if first_on and last_on and last_on < first_on:
            # PostgreSQL cannot even compare days in this order with those of other terms.
            self.add_error("last_on", "The last day comes before the first.")
        return said
