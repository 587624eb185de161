"""What an alum says on their desk."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import time_zones
from alumni.forms.directory import MOST_DAYS, MOST_IN_A_MONTH, AlumForm
from alumni.models import Alum, AskBy
from alumni.models.requests import FURTHEST_OFFER
from core.localtime import local_date, moment

DAY = "Write the day as year, month and day, such as 2027-03-09."
TOO_LONG = "That is too long. Keep it to {most} characters."
HOUR = "Write the time like 14:30 or 2:30 PM."
# What a student may not see, in the words of the page; each hides these fields of the record.
HIDEABLE = {
    "email": ("My e-mail", ["email"]),
    "phone": ("My phone number", ["phone"]),
    "class_year": ("My class year", ["class_year"]),
    "employer": ("Where I work", ["employer"]),
    "job_title": ("My job title", ["job_title"]),
    "place": ("Where I live", ["city", "region", "country"]),
}


class DeskForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if most := getattr(field, "max_length", None):
                field.error_messages["max_length"] = TOO_LONG.format(most=f"{most:,}")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def reply_field(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class LinkForm(DeskForm):
    email = forms.EmailField(
        label="Your e-mail",
        error_messages={
            "required": "Write your e-mail.",
            "invalid": "Write the e-mail like name@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _offer_own_clock(form: forms.Form, alum: Alum) -> None:
    """To whoever never said by which clock they live: that of the device, where it tells."""
    if not (alum.time_zone or form.is_bound):
        form.fields["time_zone"].widget.attrs["data-own-clock"] = True


class AcceptForm(DeskForm):
    """Up to three times, by the clock of a zone that the alum can choose."""

    time_zone = forms.ChoiceField(label="By the clock of", choices=time_zones)
    reply = reply_field("A word to them", "A link for the call, or where to meet.")

    def __init__(self, *args, alum: Alum, at: datetime, **kwargs):
        kwargs.setdefault("initial", {})["time_zone"] = alum.zone
        super().__init__(*args, **kwargs)
        _offer_own_clock(self, alum)
        self.at = at
        self.times: list[datetime] = []
        for number in (1, 2, 3):
            self._add_time(number)
        rows = [Row(Column(f"on_{n}"), Column(f"clock_{n}")) for n in (1, 2, 3)]
        self.helper.layout = Layout(*rows, "time_zone", "reply")

    def _add_time(self, number: int) -> None:
        label = ("First day", "Second, if you like", "Third, if you like")[number - 1]
        self.fields[f"on_{number}"] = forms.DateField(
            label=label, required=number == 1,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": "Choose a day.", "invalid": DAY},
        )  # fmt: skip
        self.fields[f"clock_{number}"] = forms.TimeField(
            label="Time", required=number == 1,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
            error_messages={"required": "Choose a time.", "invalid": HOUR},
        )  # fmt: skip

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if "time_zone" in cleaned:
            for number in (1, 2, 3):
                self._read_time(number, cleaned)
        return cleaned

    def _read_time(self, number: int, cleaned: dict) -> None:
        on, clock = cleaned.get(f"on_{number}"), cleaned.get(f"clock_{number}")
        if on is None and clock is None:
            return
        if on is None or clock is None:
            missing = f"on_{number}" if on is None else f"clock_{number}"
            if missing not in self.errors:
                self.add_error(missing, "A time needs its day, and a day its time.")
            return
        zone = cleaned["time_zone"]
        if abs((on - local_date(self.at, zone)).days) > FURTHEST_OFFER.days:
            self.add_error(f"on_{number}", "Choose a day within the next four months.")
            return
        at = moment(on, clock, zone)
        if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(on, clock):
            self.add_error(f"clock_{number}", "The clocks jump over that time. Choose another.")
        elif at <= self.at:
            self.add_error(f"on_{number}", "That time has passed. Choose one that lies ahead.")
        else:
            self.times.append(at)


class CallForm(DeskForm):
    number = forms.CharField(
        label="Your phone number", max_length=40,
        error_messages={"required": "Write the number to call."},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    reply = reply_field("When is a good time?", "Such as: weekdays after 5 p.m., Chicago time.")


class DeclineForm(DeskForm):
    named_name = forms.CharField(
        label="Somebody else who could help", max_length=200, required=False,
        help_text="If you think of somebody. It helps more than anything.",
    )  # fmt: skip
    named_email = forms.EmailField(
        label="Their e-mail (if you may give it)", required=False,
        error_messages={"invalid": "Write the e-mail like name@example.org."},
    )  # fmt: skip
    named_about = forms.CharField(
        label="Who they are, or how to reach them", max_length=300, required=False
    )
    may_use_name = forms.BooleanField(label="The student may say that I sent them", required=False)
    reply = reply_field("A word to the student (if you like)")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        about = cleaned.get("named_email") or cleaned.get("named_about")
        if about and not cleaned.get("named_name") and "named_name" not in self.errors:
            self.add_error("named_name", "Write their name, too.")
        return cleaned


class PauseForm(DeskForm):
    until = forms.DateField(
        label="Until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": DAY},
    )  # fmt: skip

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise ValidationError("Choose a day that lies ahead.")
        if (until - self.today).days > 3 * 366:
            raise ValidationError("Choose a day within three years, or say no altogether.")
        return until


class TermsForm(DeskForm):
    """How, how often, and what students see."""

    ask_by = forms.ChoiceField(
        label="How students ask you", choices=AskBy.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    requests_per_month = forms.IntegerField(
        label="Requests in a month, at most", required=False,
        min_value=0, max_value=MOST_IN_A_MONTH,
        help_text="Empty: as the career office sets it.",
        error_messages={"invalid": "Write a number, such as 2.",
                        "min_value": "Write 0 or more.",
                        "max_value": f"Write {MOST_IN_A_MONTH} or less."},
    )  # fmt: skip
    days_between_requests = forms.IntegerField(
        label="Days between two requests", required=False, min_value=0, max_value=MOST_DAYS,
        help_text="Empty: as the career office sets it.",
        error_messages={"invalid": "Write a number, such as 14.",
                        "min_value": "Write 0 or more.",
                        "max_value": f"Write {MOST_DAYS} or less."},
    )  # fmt: skip
    hidden = forms.MultipleChoiceField(
        label="What students do not see", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key, label) for key, (label, _) in HIDEABLE.items()],
    )  # fmt: skip
    time_zone = forms.ChoiceField(label="Your clock", choices=time_zones)

    def __init__(self, *args, alum: Alum, **kwargs):
        hidden = [key for key, (_, fields) in HIDEABLE.items() if fields[0] in alum.hidden_fields]
        kwargs["initial"] = {
            "ask_by": alum.ask_by,
            "requests_per_month": alum.requests_per_month,
            "days_between_requests": alum.days_between_requests,
            "hidden": hidden,
            "time_zone": alum.zone,
        }
        super().__init__(*args, **kwargs)
        self.alum = alum
        _offer_own_clock(self, alum)
        self.helper.layout = Layout(
            "ask_by",
            Row(Column("requests_per_month"), Column("days_between_requests")),
            "hidden",
            "time_zone",
        )

    def changes(self) -> dict:
        said = dict(self.cleaned_data)
        mine = {name for _, fields in HIDEABLE.values() for name in fields}
        chosen = [name for key in said.pop("hidden") for name in HIDEABLE[key][1]]
        # What else the office hides for them stays as it is.
        kept = [name for name in self.alum.hidden_fields if name not in mine]
        said["hidden_fields"] = kept + chosen
        if said["time_zone"] == self.alum.zone:
            said["time_zone"] = self.alum.time_zone
        return said


class RecordForm(AlumForm):
    """The alum's own record: what they write is written at once."""

    class Meta(AlumForm.Meta):
        fields = [
            "name", "email", "phone", "class_year", "majors", "fields_of_work", "job_title",
            "employer", "city", "region", "country", "note_to_students",
        ]  # fmt: skip
        labels = {"note_to_students": "A word to students"}
        help_texts = {"note_to_students": "They read it before they ask."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "name",
            Row(Column("email"), Column("phone")),
            Row(Column("job_title"), Column("employer")),
            "fields_of_work",
            Row(Column("city"), Column("region"), Column("country")),
            Row(Column("class_year"), Column("majors")),
            "note_to_students",
        )
