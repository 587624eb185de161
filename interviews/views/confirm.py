"""The page on which a time that was agreed is confirmed (G26)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS

from interviews import actions
from interviews.confirmation import confirmation_of
from interviews.forms.confirm import ConfirmForm
from interviews.models import AHEAD, Interview, State
from interviews.views.deeds import TalkFormView
from letters.facts import profile_of


class Confirm(TalkFormView):
    """Two buttons: all is settled, or keep what is known so far."""

    form_class = ConfirmForm
    template_name = "interviews/confirm.html"
    blame = NON_FIELD_ERRORS

    def get_form_kwargs(self):
        is_final = "keep" not in self.request.POST
        return {**super().get_form_kwargs(), "interview": self.interview, "is_final": is_final}

    def get_initial(self):
        interview = self.interview
        known = {field: getattr(interview, field) for field in interview.to_settle}
        if "number_or_link" in known:
            known["number_or_link"] = known["number_or_link"] or self.likely_number()
        nos = {f"no_{field}": True for field in interview.not_applicable}
        return {**known, **nos}

    def likely_number(self) -> str:
        """Whatever was written down with the time; or the number by which one reaches them."""
        is_phone = self.interview.format == Interview.Format.PHONE
        return self.interview.place or (self.interview.contact.phone if is_phone else "")

    def get_context_data(self, **kwargs):
        phone = profile_of(self.interview.student).phone
        message = confirmation_of(self.interview, phone=phone)
        return super().get_context_data(
            message=message,
            is_agreed=self.interview.state in AHEAD,
            can_agree=self.interview.may_become(State.ACCEPTED),
            **kwargs,
        )

    def act(self, form) -> None:
        if form.is_final:
            actions.confirm(self.interview, **form.known, at=self.now)
            messages.success(self.request, "Confirmed. Now you can get ready.")
        else:
            actions.keep_arrangements(self.interview, **form.known, at=self.now)
            messages.success(self.request, "Kept. Come back when you know the rest.")
