"""What people say of themselves."""

from __future__ import annotations

from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from accounts.models import StudentProfile, User

CONTINENTS = ["America", "Europe", "Africa", "Asia", "Australia", "Pacific", "Atlantic", "Indian"]


def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone under its continent, as people read it: “New York”."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in CONTINENTS)
    groups = [
        (part, [(name, _place(name)) for name in names if name.startswith(f"{part}/")])
        for part in CONTINENTS
    ]
    return [*groups, ("World", [("UTC", "UTC")])]


def _place(name: str) -> str:
    return ", ".join(reversed(name.replace("_", " ").split("/")[1:]))


class ListField(SimpleArrayField):
    """Words between commas; blank ones and repeated ones fall out."""

    def __init__(self, **kwargs):
        super().__init__(forms.CharField(max_length=100), required=False, **kwargs)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        words = [word.strip() for word in (value or "").split(",") if word.strip()]
        return super().clean(",".join(dict.fromkeys(words)))


class AccountForm(forms.ModelForm):
    use_required_attribute = False
    time_zone = forms.ChoiceField(
        choices=time_zones, help_text="Days and hours are shown, and mail is sent, by its clock."
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]
        error_messages = {"name": {"required": "Write your name."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class ProfileForm(forms.ModelForm):
    use_required_attribute = False
    majors = ListField(label="Majors", help_text="With commas between them.")
    fields_of_interest = ListField(
        label="Fields that interest you",
        help_text="With commas between them, such as journalism, theater.",
    )

    class Meta:
        model = StudentProfile
        fields = [
            "class_year", "majors", "fields_of_interest", "phone", "greeting_is_ready",
            "background",
        ]  # fmt: skip
        widgets = {"background": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "background": "Your background, in three lines",
            "class_year": "Class year",
            "greeting_is_ready": "My voicemail greeting is fit for whoever calls back",
        }
        help_texts = {
            "phone": "You leave it on voicemails, so that people can call you back.",
            "greeting_is_ready": "Such as: “Hello, this is Maya Jones. I cannot come to the "
            "phone now. Please leave your name and number, and I will call you back today.”",
            "background": "How you would introduce yourself in a minute.",
        }
        error_messages = {
            "class_year": {"invalid": "Write the year with four digits, such as 2027."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("class_year"), Column("majors")),
            "fields_of_interest",
            "phone",
            "greeting_is_ready",
            "background",
        )
