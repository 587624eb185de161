"""A mail that is put together by hand is the mail that Django puts together."""

import email
import email.policy

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from core.alternatives import Alternatives
from core.smtp import envelope_address

TEXTS = {
    "plain": "Hello Maya.\n",
    "other scripts": "Grüße, 名, می\u200cخواهم 👩\u200d🔬\n",
    "longer than a line may be": "x" * 1200 + " ü\nand on\n",
    "all ends of lines": "a\r\nb\rc\nd",
    "a border": "--=_0\n\n.\n..\n--\n",
}
HEADERS = {"Message-ID": "<a@localhost>", "Auto-Submitted": "auto-generated"}


def parsed(kind, text, *, subject="Hi", to="Maya <maya@example.edu>"):
    mail = kind(subject, text, "careers@localhost", [to], headers=HEADERS)
    mail.attach_alternative(f"<p>{text}</p>", "text/html")
    raw = mail.message().as_bytes(linesep="\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_both_parts_say_what_django_would_say(text):
    ours, djangos = (parsed(kind, text) for kind in (Alternatives, EmailMultiAlternatives))

    for subtype in ("plain", "html"):
        mine, theirs = (one.get_body((subtype,)).get_content() for one in (ours, djangos))
        assert mine.splitlines() == theirs.splitlines()
    assert ours.get_content_type() == djangos.get_content_type() == "multipart/alternative"
    assert not ours.defects


@pytest.mark.parametrize(
    ("subject", "to"),
    [
        ("Hi", "maya@example.edu"), ("Grüße " * 20, "Måya <maya@example.edu>"),
        ("word " * 40, '"Oyelaran, Maya" <maya@example.edu>'),
        ("名" * 90, "名 <m.o+1@example.edu>"),
        ("", "Maya <maya@bücher.example>"),
    ],
)  # fmt: skip
def test_headers_are_those_that_django_writes(subject, to):
    ours, djangos = (
        parsed(kind, "x", subject=subject, to=to) for kind in (Alternatives, EmailMultiAlternatives)
    )

    for name in ("Subject", "From", "To", "Message-ID", "Auto-Submitted", "MIME-Version"):
        # Where a line is folded, Django's reading may begin or end with a space.
        assert str(ours[name]).split() == str(djangos[name]).split()
    assert ours["Date"].datetime is not None


@pytest.mark.parametrize("where", ["subject", "to"])
def test_no_header_begins_another(where):
    with pytest.raises(BadHeaderError):
        parsed(Alternatives, "x", **{where: "a@example.edu\nBcc: all@example.edu"})


@pytest.mark.parametrize(
    ("mailbox", "address"),
    [
        ("maya@example.edu", "maya@example.edu"), ("Maya <m.o+1@example.edu>", "m.o+1@example.edu"),
        ('"Oyelaran, Maya" <maya@example.edu>', "maya@example.edu"),
        ("Måya <maya@bücher.example>", "maya@xn--bcher-kva.example"),
    ],
)  # fmt: skip
def test_envelope_has_the_address_alone(mailbox, address):
    assert envelope_address(mailbox) == address


@pytest.mark.parametrize("mailbox", ["a@b <c@d", "x@example.edu>\r\nRCPT TO:<y@z>"])
def test_what_is_no_address_is_no_envelope(mailbox):
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is, it ends the mail for good
        envelope_address(mailbox)


@pytest.mark.parametrize("before", ["", "short\n", "y" * 998 + "\n", "y\n" * 999])
@pytest.mark.parametrize("after", ["", "\n", "\nshort"])
def test_text_is_folded_from_the_first_octet_that_is_too_many(before, after):
    fits, does_not = (
        Alternatives("Hi", before + "x" * octets + after, "a@localhost", ["b@localhost"]).message()
        for octets in (998, 999)
    )
    assert b"quoted-printable" not in fits.as_bytes()
    assert b"quoted-printable" in does_not.as_bytes()
