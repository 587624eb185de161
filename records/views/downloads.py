"""What a student takes along: a table, an address book, or everything in one file (G1, G43)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from accounts.http import AuthenticatedHttpRequest
from contacts.models import Contact
from records.exports import spreadsheet, vcards
from records.exports.take_away import take_away_of
from records.views.door import own_record, today_of


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@own_record
def export_csv(request: AuthenticatedHttpRequest) -> HttpResponse:
    people = Contact.objects.visible_to(request.user).by_name()
    table = spreadsheet.cards_table(people)
    name = f"careerhub-contacts-{today_of(request)}.csv"
    return download(b"".join(table), name, "text/csv; charset=utf-8")


@own_record
def export_vcards(request: AuthenticatedHttpRequest) -> HttpResponse:
    people = Contact.objects.visible_to(request.user).by_name()
    name = f"careerhub-contacts-{today_of(request)}.vcf"
    cards = "".join(vcards.vcards_of(people)).encode()
    return download(cards, name, "text/vcard; charset=utf-8")


@own_record
def take_away(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    name = f"careerhub-record-{today_of(request)}.zip"
    response = StreamingHttpResponse(
        take_away_of(request.user, at=timezone.now()), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # It is packed already: nobody should pack it again on the way.
    response["Content-Encoding"] = "identity"
    return response
