"""What a student writes down about a talk. What may be stored is for the actions to say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from accounts.models import OfficeSettings, User
from core.localtime import local_date, moment
from interviews.actions import TimeHasPassed
from interviews.models import Interview

DATE_WORDS = {
    "required": "Write down the day.",
    "invalid": "Write the day as year, month and day, such as 2027-03-09.",
}
TIME_WORDS = {
    "required": "Write down the time.",
    "invalid": "Write the time as hours and minutes, such as 14:30.",
}
MINUTES_WORDS = {
    "invalid": "Write the minutes as a number, such as 30.",
    "min_value": "Give it five minutes at least.",
    "max_value": "That is more than four hours. Ask for less.",
}
# Nobody agrees on a talk further ahead; a year mistyped lands there.
FURTHEST = timedelta(days=366)


class TalkForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class BeginForm(TalkForm):
    stage = forms.ChoiceField(
        label="How far are you?",
        widget=forms.RadioSelect,
        choices=[
            ("IDEA", "I would like to meet, and have not asked yet"),
            ("ASKED", "I have asked"),
            ("ACCEPTED", "They said yes"),
            ("HELD", "We have already talked"),
        ],
        error_messages={
            "required": "Choose how far you are.",
            "invalid_choice": "Choose one of the four.",
        },
    )


class HourForm(TalkForm):
    """A day and an hour ahead, read by the clock of one zone, whatever the server's."""

    on = forms.DateField(
        label="Day", widget=forms.DateInput(attrs={"type": "date"}), error_messages=DATE_WORDS
    )
    clock = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
        error_messages=TIME_WORDS,
    )
    has_passed = str(TimeHasPassed())

    def __init__(self, *args, zone: str, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.today = local_date(at, zone)

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on < self.today:
            raise ValidationError(self.has_passed)
        if on - self.today > FURTHEST:
            raise ValidationError("That is more than a year away. Check the year.")
        return on

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("on") and cleaned.get("clock"):
            cleaned["starts_at"] = self._starts_at(cleaned)
        return cleaned

    def _starts_at(self, cleaned: dict) -> datetime | None:
        at = moment(cleaned["on"], cleaned["clock"], self.zone)
        shown = at.astimezone(ZoneInfo(self.zone))
        if shown.replace(tzinfo=None) != datetime.combine(cleaned["on"], cleaned["clock"]):
            self.add_error(
                "clock",
                "The clocks jump over that time. The next one there is "
                f"{date_format(shown, 'l, F j, g:i a')}.",
            )
            return None
        return at

    @property
    def comes_twice(self) -> bool:
        """In the hour that a clock repeats in autumn, the earlier one is meant."""
        shown = self.cleaned_data["starts_at"].astimezone(ZoneInfo(self.zone))
        return shown.utcoffset() != shown.replace(fold=1).utcoffset()


class AgreeForm(HourForm):
    format = forms.ChoiceField(
        label="How you meet",
        widget=forms.RadioSelect,
        choices=Interview.Format.choices,
        error_messages={
            "required": "Choose how you meet.",
            "invalid_choice": "Choose one of the three.",
        },
    )
    minutes = forms.IntegerField(
        label="How long, in minutes",
        required=False,
        min_value=5,
        max_value=240,
        error_messages=MINUTES_WORDS,
    )
    place = forms.CharField(
        label="Where, or the number or link",
        required=False,
        max_length=500,
        help_text="Leave it empty if you do not know yet. You confirm it in the next step.",
        error_messages={"max_length": "That is too long. Keep it under 500 characters."},
    )

    def __init__(self, *args, student: User, at: datetime, **kwargs):
        super().__init__(*args, zone=student.time_zone, at=at, **kwargs)
        self.office = OfficeSettings.current()
        self.fields["minutes"].help_text = (
            f"Left empty: {self.office.minutes_in_person} in person or by video, "
            f"{self.office.minutes_by_phone} by phone."
        )
        self.helper.layout = Layout(
            Row(Column("on"), Column("clock")), "format", "minutes", "place"
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("minutes") is None and "minutes" not in self.errors:
            is_phone = cleaned.get("format") == Interview.Format.PHONE
            office = self.office
            cleaned["minutes"] = office.minutes_by_phone if is_phone else office.minutes_in_person
        return cleaned


class DayForm(TalkForm):
    """The day of a deed that is done."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), error_messages=DATE_WORDS)

    def __init__(self, *args, label: str, help_text: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label
        self.fields["on"].help_text = help_text
        self.fields["on"].widget.attrs["max"] = today.isoformat()


class NotesForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Interview
        fields = ["notes", "is_shared"]
        labels = {"notes": "Your notes", "is_shared": "My advisor may read these notes"}
        help_texts = {"is_shared": "Without this, nobody but you can read them."}
        widgets = {"notes": forms.Textarea(attrs={"rows": 12})}
        error_messages = {"notes": {"max_length": "That is too long. Shorten your notes a little."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
