"""What one wants to hear of, and the day on which something was done."""

from __future__ import annotations

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.models import Role, User
from reminders import kinds
from reminders.kinds.declaration import Kind
from reminders.models import TermBreak, Way


class ChoicesForm(forms.Form):
    """A field for each kind that somebody of this role gets."""

    use_required_attribute = False

    def __init__(self, *args, user: User, ways: dict[str, Way], **kwargs):
        super().__init__(*args, **kwargs)
        # What is owed to somebody comes first.
        for kind in sorted(kinds.every(), key=lambda kind: (not kind.is_deed, kind.label)):
            if Role(user.role) in kind.roles:
                self.fields[kind.key] = _field(kind, ways.get(kind.key, Way.MAIL))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _field(kind: Kind, way: Way) -> forms.ChoiceField:
    must = "" if Way.OFF in kind.ways else "It is owed to somebody, so it cannot be switched off."
    offered = [(each.value, each.label) for each in kind.ways]
    return forms.ChoiceField(label=kind.label, choices=offered, initial=way.value, help_text=must)


class DoneForm(forms.Form):
    use_required_attribute = False
    done_on = forms.DateField(
        label="On which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose the day.",
            "invalid": "Choose a day, such as 2026-03-04.",
        },
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["done_on"] = today
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class TermBreakForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = TermBreak
        fields = ["name", "first_on", "last_on"]
        labels = {"name": "What is it called?"}
        widgets = {
            field: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for field in ("first_on", "last_on")
        }
        error_messages = {
            "name": {"required": "Give it a name, such as Spring break."},
            "first_on": {"required": "Choose the first day."},
            "last_on": {"required": "Choose the last day."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", Row(Column("first_on"), Column("last_on")))


class SnoozeForm(forms.Form):
    days = forms.TypedChoiceField(choices=[(1, ""), (3, ""), (7, "")], coerce=int)
