"""Pages that ask when: a time agreed, a day they met, a day a letter went out."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OfficeSettings
from core.localtime import local_date
from interviews import actions
from interviews.forms import AgreeForm, DayForm
from interviews.models import AHEAD, Interview
from interviews.views.talks import get_interview


class TalkFormView(FormView):
    """One question about one talk. A refusal of the action stands at the field `blame`."""

    request: AuthenticatedHttpRequest
    http_method_names = ["get", "head", "post"]
    blame = "on"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def dispatch(self, request, *args, **kwargs):
        self.interview = get_interview(request.user, kwargs["pk"])
        self.today = local_date(self.now, self.interview.student.time_zone)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            interview=self.interview, name=self.interview.contact.name, today=self.today, **kwargs
        )

    def form_valid(self, form):
        try:
            self.act(form)
        except actions.Refused as refusal:
            form.add_error(self.blame, str(refusal))
            return self.form_invalid(form)
        return redirect(self.interview)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def act(self, form) -> None:
        raise NotImplementedError


class Agree(TalkFormView):
    form_class = AgreeForm
    template_name = "interviews/interview_agree.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "student": self.interview.student, "at": self.now}

    def get_initial(self):
        interview = self.interview
        if interview.state not in AHEAD:
            return {"format": interview.format}
        begins = timezone.localtime(interview.starts_at)
        return {
            "on": begins.date(),
            "clock": begins.time(),
            "format": interview.format,
            "minutes": interview.minutes,
            "place": interview.place,
        }

    def act(self, form) -> None:
        fields = ("starts_at", "minutes", "format", "place")
        agreed = {field: form.cleaned_data[field] for field in fields}
        actions.agree(self.interview, **agreed, at=self.now)
        messages.success(self.request, "The time is written down.")
        if form.comes_twice:
            messages.info(self.request, "That hour comes twice that night; the earlier is meant.")
        usual = OfficeSettings.current().minutes_in_person
        if agreed["minutes"] > usual:
            messages.warning(
                self.request,
                f"{agreed['minutes']} minutes is much to ask of a busy person: {usual} is usual.",
            )


class Day(TalkFormView):
    """Asks on which day a deed was done; the same page corrects the day, or takes it back."""

    form_class = DayForm
    template_name = "interviews/interview_day.html"
    title = label = help_text = done = taken_back = ""
    # Where the letter itself is written, if this day is one of a letter.
    write_url_name = ""

    def get_form_kwargs(self):
        words = {"label": self.label, "help_text": self.help_text, "today": self.today}
        return {**super().get_form_kwargs(), **words}

    def get_initial(self):
        return {"on": self.recorded_on() or self.likely_on()}

    def get_context_data(self, **kwargs):
        title = self.title.format(name=self.interview.contact.name)
        page = self.write_url_name
        kwargs["write_url"] = reverse(page, args=[self.interview.pk]) if page else ""
        return super().get_context_data(title=title, recorded_on=self.recorded_on(), **kwargs)

    def post(self, request, *args, **kwargs):
        if "take_back" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            self.take_back(self.interview, at=self.now)
        except actions.Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, self.taken_back)
        return redirect(self.interview)

    def act(self, form) -> None:
        self.record(on=form.cleaned_data["on"])
        messages.success(self.request, self.done)

    def likely_on(self) -> date:
        return self.today

    def recorded_on(self) -> date | None:
        raise NotImplementedError

    def record(self, *, on: date) -> None:
        raise NotImplementedError

    def take_back(self, interview: Interview, *, at: datetime) -> None:
        raise NotImplementedError


class Hold(Day):
    title = "When did you meet {name}?"
    label = "Day you met"
    help_text = "The days for your letters are counted from this one."
    done = "Good. Your thank-you is what comes next."
    taken_back = "Taken back: you have not met yet."

    def likely_on(self) -> date:
        begins = self.interview.starts_at if self.interview.state in AHEAD else None
        agreed_on = local_date(begins, self.interview.student.time_zone) if begins else self.today
        return min(agreed_on, self.today)

    def recorded_on(self) -> date | None:
        return self.interview.held_on

    def record(self, *, on: date) -> None:
        actions.hold(self.interview, held_on=on, at=self.now)

    def take_back(self, interview: Interview, *, at: datetime) -> None:
        actions.take_back_hold(interview, at=at)


class Thank(Day):
    title = "Thank {name}"
    write_url_name = "interviews:write_thank_you"
    label = "Day you mailed it"
    help_text = "A letter or an e-mail, whichever you sent."
    done = "Written down. No more reminders about this thank-you."
    taken_back = "Taken back: the thank-you is owed again."

    def recorded_on(self) -> date | None:
        return self.interview.thanked_on

    def record(self, *, on: date) -> None:
        actions.record_thank_you(self.interview, mailed_on=on, at=self.now)

    def take_back(self, interview: Interview, *, at: datetime) -> None:
        actions.take_back_thank_you(interview, at=at)


class FollowUp(Day):
    title = "Write to {name} again"
    write_url_name = "interviews:write_follow_up"
    label = "Day you wrote"
    help_text = "A few lines on how their advice helped, by letter, e-mail or phone."
    done = "Written down. No more reminders about this follow-up."
    taken_back = "Taken back: the follow-up is owed again."

    def recorded_on(self) -> date | None:
        return self.interview.followed_up_on

    def record(self, *, on: date) -> None:
        actions.record_follow_up(self.interview, written_on=on, at=self.now)

    def take_back(self, interview: Interview, *, at: datetime) -> None:
        actions.take_back_follow_up(interview, at=at)
