from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpResponse

from accounts import typed
from core.mail import inlined


class OfficeAccountAdapter(DefaultAccountAdapter):
    """The office makes the accounts: nobody signs up by themselves."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def post_login(self, request, user, **kwargs) -> HttpResponse:
        """Whoever was logged out in the middle of a form goes on with it."""
        response = super().post_login(request, user, **kwargs)
        to = kwargs.get("redirect_url")
        if to and request.POST.get(typed.FIELD):
            return typed.typed_before(request, to=to)
        return response

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """In the dress of all other mail, and marked as written by a program."""
        headers = {"Auto-Submitted": "auto-generated"} | (headers or {})
        mail = super().render_mail(template_prefix, email, context, headers=headers)
        if isinstance(mail, EmailMultiAlternatives):
            written, mail.alternatives = mail.alternatives, []
            for content, mimetype in written:
                mail.attach_alternative(inlined(str(content)), str(mimetype))
        return mail
