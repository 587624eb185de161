"""The office's days and hours, under the names of the mails that they move."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from accounts.models import OfficeSettings


class OfficeSettingsForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = OfficeSettings
        fields = [
            "thank_you_nudge_days", "thank_you_due_days", "thank_you_last_days",
            "follow_up_open_days", "follow_up_due_days", "follow_up_last_days",
            "confirmation_first_days", "confirmation_last_days", "promised_call_days",
            "call_back_minutes", "talk_soon_minutes",
            "reminder_hour", "quiet_from_hour", "minutes_in_person", "minutes_by_phone",
            "minutes_to_spare", "phone_alarm_minutes", "requests_per_month",
            "days_between_requests", "request_reminder_days", "request_last_reminder_days",
            "request_expires_days",
            "weeks_to_begin", "weeks_quiet", "noes_in_a_row", "talks_without_a_name",
        ]  # fmt: skip
        labels = {
            "thank_you_nudge_days": "First reminder",
            "thank_you_due_days": "Due",
            "thank_you_last_days": "Last day",
            "follow_up_open_days": "First reminder",
            "follow_up_due_days": "Due",
            "follow_up_last_days": "Last day",
            "confirmation_first_days": "First reminder",
            "confirmation_last_days": "Last reminder",
            "promised_call_days": "Days before it",
            "call_back_minutes": "Minutes before its hour",
            "talk_soon_minutes": "Mail before a talk",
            "reminder_hour": "Hour of the morning mail",
            "quiet_from_hour": "Quiet from",
            "minutes_in_person": "In person or by video",
            "minutes_by_phone": "By phone",
            "minutes_to_spare": "To spare on the way",
            "phone_alarm_minutes": "Alarm before a call",
            "requests_per_month": "In a month, at most",
            "days_between_requests": "Days between two",
            "request_reminder_days": "Asked again",
            "request_last_reminder_days": "For the last time",
            "request_expires_days": "Closed, if unanswered",
            "weeks_to_begin": "Weeks without a first step",
            "weeks_quiet": "Weeks without anything new",
            "noes_in_a_row": "Noes in a row",
            "talks_without_a_name": "Talks, and no name asked for",
        }
        help_texts = {
            "promised_call_days": "The call is mailed about on its day, too; 0 leaves it at that.",
            "phone_alarm_minutes": "A talk by phone or video, in their calendar.",
            "request_last_reminder_days": "Neither is sent once the request is closed.",
            "call_back_minutes": "If they named one.",
            "reminder_hour": "By each student’s own clock, such as 8.",
            "weeks_to_begin": "After that, if nobody was added or asked.",
            "quiet_from_hour": "From this hour until that of the morning mail nobody is written "
            "to, such as 21. Only a talk or a call at an hour is announced at its own.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Every mail", Row(Column("reminder_hour"), Column("quiet_from_hour"))),
            Fieldset(
                "Promised call",
                Row(Column("promised_call_days"), Column("call_back_minutes")),
            ),
            Fieldset(
                "Talk that is not confirmed: days before it",
                Row(Column("confirmation_first_days"), Column("confirmation_last_days")),
            ),
            Fieldset(
                "Day of a talk, in minutes",
                Row(
                    Column("talk_soon_minutes"),
                    Column("phone_alarm_minutes"),
                    Column("minutes_to_spare"),
                ),
            ),
            Fieldset(
                "Length of a talk, in minutes",
                Row(Column("minutes_in_person"), Column("minutes_by_phone")),
            ),
            Fieldset(
                "Thank-you: days after the talk",
                Row(
                    Column("thank_you_nudge_days"),
                    Column("thank_you_due_days"),
                    Column("thank_you_last_days"),
                ),
            ),
            Fieldset(
                "Second letter: days after the talk",
                Row(
                    Column("follow_up_open_days"),
                    Column("follow_up_due_days"),
                    Column("follow_up_last_days"),
                ),
            ),
            Fieldset(
                "Requests to one alum, where they said nothing of their own",
                Row(Column("requests_per_month"), Column("days_between_requests")),
            ),
            Fieldset(
                "New request to an alum: days after it",
                Row(
                    Column("request_reminder_days"),
                    Column("request_last_reminder_days"),
                    Column("request_expires_days"),
                ),
            ),
            Fieldset(
                "When an advisor hears of a student",
                Row(Column("weeks_to_begin"), Column("weeks_quiet")),
                Row(Column("noes_in_a_row"), Column("talks_without_a_name")),
            ),
        )
