"""What the demo sent, for everybody who can reach it: these pages exist in the embedded default."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careerhub.embedded.mail import mail_folder

PER_PAGE = 50


@dataclass(frozen=True)
class Mail:
    name: str
    subject: str
    sender: str
    to: str
    message_id: str
    sent_at: datetime
    text: str

    @classmethod
    def read(cls, path: Path) -> Mail:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return cls(
            name=path.stem,
            subject=str(message["Subject"] or "No subject"),
            sender=str(message["From"]),
            to=str(message["To"]),
            message_id=str(message["Message-ID"]),
            sent_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
            text=_text_of(message),
        )


@require_safe
@login_not_required
def mail_list(request: HttpRequest) -> HttpResponse:
    newest_first = sorted(mail_folder().glob("*.eml"), reverse=True)
    page = Paginator(newest_first, PER_PAGE).get_page(request.GET.get("page"))
    mails = [Mail.read(path) for path in page.object_list]
    return render(request, "mail/mail_list.html", {"page_obj": page, "mails": mails})


@require_safe
@login_not_required
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """`name` is a slug by its URL, so no path leads out of the folder."""
    path = mail_folder() / f"{name}.eml"
    if not path.is_file():
        raise Http404("There is no such mail.")
    return render(request, "mail/mail_detail.html", {"mail": Mail.read(path)})


def _text_of(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return part.get_content() if part else ""
