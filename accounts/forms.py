"""What people say of themselves, and the office's days."""

from __future__ import annotations

from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from accounts.models import OfficeSettings, StudentProfile, User

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


class OfficeSettingsForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = OfficeSettings
        fields = [
            "thank_you_nudge_days", "thank_you_due_days", "thank_you_last_days",
            "follow_up_open_days", "follow_up_due_days", "follow_up_last_days",
            "reminder_hour", "quiet_from_hour", "minutes_in_person", "minutes_by_phone",
            "minutes_to_spare", "phone_alarm_minutes", "requests_per_month",
            "days_between_requests", "request_expires_days",
            "weeks_to_begin", "weeks_quiet", "noes_in_a_row", "talks_without_a_name",
        ]  # fmt: skip
        labels = {
            "thank_you_nudge_days": "First reminder",
            "thank_you_due_days": "Due",
            "thank_you_last_days": "Last day",
            "follow_up_open_days": "First reminder",
            "follow_up_due_days": "Due",
            "follow_up_last_days": "Last day",
            "reminder_hour": "Hour of the morning mail",
            "quiet_from_hour": "Quiet from",
            "minutes_in_person": "In person or by video",
            "minutes_by_phone": "By phone",
            "minutes_to_spare": "To spare on the way to a talk",
            "phone_alarm_minutes": "Alarm before a talk by phone or video",
            "requests_per_month": "In a month, at most",
            "days_between_requests": "Days between two",
            "request_expires_days": "Closed without an answer after, in days",
            "weeks_to_begin": "Weeks without a first step",
            "weeks_quiet": "Weeks without anything new",
            "noes_in_a_row": "Noes in a row",
            "talks_without_a_name": "Talks, and no name asked for",
        }
        help_texts = {
            "reminder_hour": "By each student’s own clock, such as 8.",
            "weeks_to_begin": "After that, if nobody was added or asked.",
            "quiet_from_hour": "From this hour until that of the morning mail nobody is written "
            "to, such as 21. A talk in an hour is announced at its hour.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                "Thank-you: days after the talk",
                Row(
                    Column("thank_you_nudge_days"),
                    Column("thank_you_due_days"),
                    Column("thank_you_last_days"),
                ),
            ),
            Fieldset(
                "Follow-up: days after the talk",
                Row(
                    Column("follow_up_open_days"),
                    Column("follow_up_due_days"),
                    Column("follow_up_last_days"),
                ),
            ),
            Fieldset(
                "Length of a talk, in minutes",
                Row(Column("minutes_in_person"), Column("minutes_by_phone")),
            ),
            Fieldset(
                "On the day of a talk, in minutes",
                Row(Column("minutes_to_spare"), Column("phone_alarm_minutes")),
            ),
            Fieldset(
                "Requests to one alum, where they said nothing of their own",
                Row(
                    Column("requests_per_month"),
                    Column("days_between_requests"),
                    Column("request_expires_days"),
                ),
            ),
            Row(Column("reminder_hour"), Column("quiet_from_hour")),
            Fieldset(
                "When an advisor hears of a student",
                Row(Column("weeks_to_begin"), Column("weeks_quiet")),
                Row(Column("noes_in_a_row"), Column("talks_without_a_name")),
            ),
        )
