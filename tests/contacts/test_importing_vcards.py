"""vCards as phones and programs write them, and as they break (G42, G44)."""

from __future__ import annotations

import base64

import pytest

from contacts.importing.entries import Entry, make_entry
from contacts.importing.kinds import ReadFile, read_file

GOOD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Imani Brooks\r\nEMAIL:imani@example.org\r\nEND:VCARD\r\n"


def read(content: bytes | str) -> tuple[ReadFile, list[Entry]]:
    data = content.encode() if isinstance(content, str) else content
    file = read_file(data, file_name="people.vcf")
    return file, [make_entry(found) for found in file.found]


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def only(content: bytes | str) -> Entry:
    _, entries = read(content)
    assert len(entries) == 1
    return entries[0]


def test_android_2_1_quoted_printable_with_soft_line_breaks():
    entry = only(
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85ngstr=C3=B6m;J=C3=B6rg;;;",
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=20=C3=85ngstr=C3=",
            "=B6m",
            "TEL;CELL:+46 70 123 45 67",
            "TEL;HOME;FAX:08-1234567",
            "EMAIL;HOME;PREF:jorg@example.se",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Met at the f=C3=AAte=0D=0A=",
            "Likes sailing",
            version="2.1",
        )
    )

    assert entry.values == {
        "emails": ["jorg@example.se"],
        "email": "jorg@example.se",
        "name": "Jörg Ångström",
        "phone": "+46 70 123 45 67",
        "other_details": ["Home fax: 08-1234567", "Note: Met at the fête\nLikes sailing"],
    }
    assert entry.remarks == []


def test_a_charset_of_its_own_is_kept_to():
    entry = only(
        card("FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB M=FCller", version="2.1")
    )

    assert entry.name == "Zoë Müller"
    assert entry.remarks == []


def test_letters_in_latin_1_without_a_word_are_read_with_a_word():
    entry = only(card("FN:Zoë Müller").encode("latin-1"))

    assert entry.name == "Zoë Müller"
    assert entry.remarks == [
        "This card does not say how its letters are written, so we had to guess. Look at them."
    ]


def test_one_card_in_latin_1_does_not_garble_the_others():
    content = card("FN:Zoë Müller").encode("latin-1") + card("FN:Łukasz Żak").encode()

    _, entries = read(content)

    assert [entry.name for entry in entries] == ["Zoë Müller", "Łukasz Żak"]
    assert [len(entry.remarks) for entry in entries] == [1, 0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_every_unicode_encoding_is_found(encoding):
    assert only(card("FN:Łukasz Żak").encode(encoding)).name == "Łukasz Żak"


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\r\r\n"], ids=["LF", "CRLF", "CR", "CR CR LF"]
)
def test_folded_lines_are_joined_whatever_their_ends(end):
    entry = only(card("FN:Imani", "  Brooks", "NOTE:Knows every", "  archivist", end=end))

    assert entry.name == "Imani Brooks"
    assert entry.values["other_details"] == ["Note: Knows every archivist"]


def test_a_letter_folded_in_its_middle_is_whole_again():
    content = card("FN:Zoë Brooks").encode().replace(b"\xc3\xab", b"\xc3\r\n \xab")

    assert only(content).name == "Zoë Brooks"


def test_apples_groups_give_the_labels():
    entry = only(
        card(
            "N:Brooks;Imani;;Dr.;",
            "FN:Dr. Imani Brooks",
            "ORG:Valley Courier;News desk",
            "item1.EMAIL;type=INTERNET;type=pref:imani@courier.example",
            "EMAIL;type=INTERNET;type=HOME:imani@home.example",
            "TEL;type=HOME;type=VOICE:555-0100",
            "TEL;type=CELL;type=VOICE:555-0101",
            "item2.TEL:555-0102",
            "item2.X-ABLabel:_$!<AssistantPhone>!$_",
            "item3.URL;type=pref:https\\://courier.example/imani",
            "item3.X-ABLabel:_$!<HomePage>!$_",
            "item4.X-ABRELATEDNAMES;type=pref:Sam",
            "item4.X-ABLabel:_$!<Spouse>!$_",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17",
            "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/imani",
        )
    )

    assert entry.values == {
        "emails": ["imani@courier.example", "imani@home.example"],
        "email": "imani@courier.example",
        "employer": "Valley Courier",
        "name": "Dr. Imani Brooks",
        "phone": "555-0101",
        "website": "https://courier.example/imani",
        "other_details": [
            "Home e-mail: imani@home.example",
            "Home phone: 555-0100",
            "Assistant phone: 555-0102",
            "Linkedin web page: https://www.linkedin.com/in/imani",
            "Department: News desk",
            "Spouse: Sam",
            "Birthday: May 17",
        ],
    }


def test_version_4_reads_uris_and_quoted_types():
    entry = only(
        card(
            "FN:Simon Petit",
            'TEL;VALUE=uri;TYPE="cell,voice":tel:+1-555-010-0102',
            'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-555-010-0101;ext=7',
            "EMAIL;TYPE=work:mailto:simon@example.org",
            "BDAY:--0203",
            'ADR;TYPE=home;LABEL="12 Elm St\\nQuebec":;;;;;;',
            version="4.0",
        )
    )

    assert entry.values["phone"] == "+1-555-010-0101 ext 7"
    assert entry.values["email"] == "simon@example.org"
    assert entry.values["address"] == "12 Elm St\nQuebec"
    assert entry.values["other_details"] == [
        "Mobile phone: +1-555-010-0102",
        "Birthday: February 3",
    ]


def test_commas_written_bare_and_escapes_stay_in_the_name():
    assert only(card("FN:Brooks, Imani, Ph.D.")).name == "Brooks, Imani, Ph.D."
    assert only(card("FN:Brooks\\, Imani")).name == "Brooks, Imani"


def test_photos_are_left_out_with_a_word():
    photo = base64.b64encode(bytes(range(256)) * 40).decode()
    folded = "\r\n ".join(photo[n : n + 74] for n in range(0, len(photo), 74))
    bare = "\r\n".join(photo[n : n + 76] for n in range(0, len(photo), 76))
    content = card("FN:Ann Lee", f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}", "TITLE:Editor")
    content += card("FN:Bo Kim", f"PHOTO;JPEG;BASE64:\r\n{bare}\r\n", "TITLE:Nurse", version="2.1")

    file, entries = read(content)

    assert file.remarks == ["2 photos or keys were left out: CareerHub keeps words alone."]
    assert [entry.values["job_title"] for entry in entries] == ["Editor", "Nurse"]
    assert [entry.values["other_details"] for entry in entries] == [[], []]
    assert [entry.remarks for entry in entries] == [[], []]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Never Ends\r\n", "the next one begins inside it"),
        (card("TEL:555-0100"), "no name, no e-mail and no company"),
        (card(), "no name, no e-mail and no company"),
        (card("FN:Nul\0Byte"), "NUL bytes"),
        (card("FN:Nul", "a.NOTE:x", "a.X-ABLabel:y\0"), "NUL bytes"),
        (card("FN;ENCODING=QUOTED-PRINTABLE:Nul=00Byte", version="2.1"), "NUL bytes"),
    ],
    ids=["without an end", "a phone alone", "empty", "NUL", "NUL in a label", "hidden NUL"],
)
def test_a_bad_card_is_left_out_and_loses_no_other(bad, reason):
    _, entries = read(GOOD + bad + GOOD)

    assert [entry.number for entry in entries] == [1, 2, 3]
    assert reason in entries[1].problem
    assert [entry.name for entry in (entries[0], entries[2])] == ["Imani Brooks"] * 2
    assert not entries[0].problem
    assert not entries[2].problem


def test_the_last_card_cut_short_is_left_out_with_its_reason():
    """What broke off might be half an e-mail."""
    _, entries = read(GOOD + GOOD[:60])

    assert entries[0].problem == ""
    assert entries[1].problem == "The file breaks off inside this card. Was the download cut short?"


def test_a_line_that_cannot_be_read_is_kept_with_a_word():
    entry = only(card("FN:Imani Brooks", "this is no property", "TITLE:Editor"))

    assert entry.values["job_title"] == "Editor"
    assert entry.values["other_details"] == ["A line we could not read: this is no property"]
    assert entry.remarks == ["A line of this card could not be read. It is kept as it stands."]


def test_lines_outside_of_any_card_are_counted():
    file, entries = read("Sent from my phone\r\n" + GOOD + "\r\n-- \r\nMaya\r\n")

    assert len(entries) == 1
    assert file.remarks == ["3 lines stand outside of any card and could not be read."]


@pytest.mark.parametrize(
    ("line", "name", "what"),
    [("EMAIL:info@example.org", "info@example.org", "e-mail"), ("ORG:Acme", "Acme", "company")],
)
def test_a_card_without_a_name_is_called_by_what_it_has(line, name, what):
    entry = only(card("FN:", "N:;;;;", line))

    assert entry.name == name
    assert entry.remarks == [f"It has no name in the file, so it is called by its {what}."]


def test_the_card_of_an_assistant_inside_a_card_is_not_the_persons_own():
    entry = only(
        card("FN:Imani Brooks", "AGENT:", card("FN:Sam Poe", "TEL:555-0109", version="2.1").strip(),
             "TEL:555-0100", version="2.1")
    )  # fmt: skip

    assert entry.name == "Imani Brooks"
    assert entry.values["phone"] == "555-0100"
    assert entry.values["other_details"] == ["Assistant: FN:Sam Poe\nTEL:555-0109"]


def test_garbled_letters_that_came_with_the_file_are_mended_or_pointed_out():
    mended, lost = only(card("FN:JosÃ© GarcÃ\u00ada")), only(card("FN:Jos\ufffd"))

    assert (mended.name, mended.remarks) == (
        "José García", ["“JosÃ© GarcÃ\u00ada” came garbled, and we read it as “José García”."]
    )  # fmt: skip
    assert lost.remarks == ["A letter of “Jos\ufffd” was lost before it came here. Type it again."]


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "hex", "utf-16", "\0", "no-such"])
def test_odd_charsets_never_break_the_file(charset):
    content = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=%s:Zo\\ud800\xeb\r\nEND:VCARD\r\n"

    _, entries = read(content % charset.encode())

    entries[0].name.encode()
    assert len(entries) == 1


def test_five_thousand_cards_are_read():
    content = "".join(card(f"FN:Person {n}", f"EMAIL:p{n}@example.org") for n in range(5000))

    _, entries = read(content)

    assert len(entries) == 5000
    assert entries[-1].values["email"] == "p4999@example.org"


def test_a_card_that_stands_to_the_right_is_read_like_any_other():
    """Pasted into a mail, a card is set in; a fold within it is set in once more."""
    pasted = "".join(f"    {line}\r\n" for line in card("FN:Imani Bro", "  oks").splitlines())

    file, entries = read(f"{pasted}\r\n{card('FN:Wen Li', 'NOTE:At the margin')}")

    assert [entry.name for entry in entries] == ["Imani Bro oks", "Wen Li"]
    assert file.remarks == []


def test_words_that_are_packed_as_pictures_are_unpacked():
    packed = base64.b64encode("Zoë Åkerman".encode()).decode()

    assert only(card(f"FN;ENCODING=b:{packed}")).name == "Zoë Åkerman"
    assert only(card("FN;ENCODING=b:Not packed at all!")).name == "Not packed at all!"


@pytest.mark.parametrize("line", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group"])
def test_a_group_of_cards_is_left_out_with_its_reason(line):
    """Mail programs write their lists of people among the people."""
    entry = only(card(line, "FN:Book club", "MEMBER:urn:uuid:8f3c"))

    assert entry.problem == "This is a group of cards, and nobody of its own."
