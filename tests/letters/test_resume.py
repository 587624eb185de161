"""A résumé goes up, is read, is replaced, is gone (G32)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Caseload, RecordLook, User
from letters.actions import resumes as deeds
from letters.models import Resume
from letters.resumes import MOST_BYTES, ODT, OPEN_DOCUMENT, PDF, WORD, kind_of, shown_name
from tests.factories import ResumeFactory

# A Monday, nine in the morning in New York.
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
PAGE = b"%PDF-1.7\n one page"


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


DOCX = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ODT_FILE = zipped({"mimetype": ODT, "content.xml": b"<o/>"})
SHEET = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"})
ODS = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    with time_machine.travel(NOW, tick=False):
        yield settings.MEDIA_ROOT


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


MINE = "/letters/resume/"


def put_up(client, content=PAGE, name="My résumé.pdf"):
    file = SimpleUploadedFile(name, content)
    return client.post(MINE, {"file": file}, follow=True)


def stored(uploads: Path) -> list[bytes]:
    return [path.read_bytes() for path in uploads.rglob("*") if path.is_file()]


# Which files


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE, PDF),
        (b"\n\n%PDF-1.4", PDF),
        (b" " * 1020 + b"%PDF-", None),
        (DOCX, WORD),
        (ODT_FILE, OPEN_DOCUMENT),
        (SHEET, None),
        (ODS, None),
        (zipped({"a.txt": b"a"}), None),
        (DOCX[:40], None),
        (b"PK\x03\x04" + b"\x00" * 50, None),
        (b"<html><script>alert(1)</script>", None),
        (b"\x89PNG\r\n", None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_the_content(content, kind):
    file = io.BytesIO(content)

    assert kind_of(file) == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("cv.pdf", "cv.pdf"),
        ("cv.docx.exe", "cv.docx.pdf"),
        ("..\\..\\a/b\x00\n.pdf", "....ab.pdf"),
        ("Lebenslauf für Köln.PDF", "Lebenslauf für Köln.pdf"),
        (".pdf", "resume.pdf"),
        ("", "resume.pdf"),
        ("x" * 400 + ".pdf", "x" * 200 + ".pdf"),
    ],
)
def test_the_name_keeps_its_words_and_gets_the_true_ending(given, shown):
    assert shown_name(given, PDF) == shown


# The student's page


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [(PAGE, "cv.pdf", "pdf"), (DOCX, "cv.docx", "docx"), (ODT_FILE, "cv.pdf", "odt")],
)
def test_a_file_goes_up_under_a_name_that_says_nothing(
    visitor, student, uploads, content, name, extension
):
    put_up(visitor, content, name)

    resume = Resume.objects.get()
    assert (resume.student, resume.status) == (student, Resume.Status.DRAFT)
    assert resume.file_name == f"cv.{extension}"
    assert stored(uploads) == [content]
    path = Path(resume.file.name)
    assert path.parent == Path("resumes")
    assert path.stem.split("-")[0] == str(student.pk)
    assert path.suffix == f".{extension}"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "cv.pdf", "This file is empty. Choose another."),
        (
            b"<html></html>",
            "cv.pdf",
            "This is not a PDF, Word or OpenDocument file. Save your résumé as a PDF.",
        ),
        (
            PAGE + b" " * MOST_BYTES,
            "cv.pdf",
            "This file is larger than 5 MB. Save it smaller, as a PDF.",
        ),
    ],
)
def test_a_wrong_file_is_told_why(visitor, uploads, content, name, sentence):
    response = put_up(visitor, content, name)

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": [sentence]}
    assert "<title>Error: " in response.text
    assert stored(uploads) == []


def test_no_file_at_all_is_told(visitor):
    response = visitor.post(MINE)

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": ["Choose the file."]}
    assert visitor.post(MINE, {"file": "words"}).status_code == 422


def test_a_new_file_is_a_draft_again_and_takes_the_place_of_the_old(
    visitor, student, advisor, uploads, django_capture_on_commit_callbacks
):
    put_up(visitor)
    read(Resume.objects.get(), by=advisor)
    with django_capture_on_commit_callbacks(execute=True):
        put_up(visitor, DOCX, "cv.docx")

    resume = Resume.objects.get()
    assert (resume.status, resume.comment, resume.reviewed_by, resume.reviewed_on) == (
        Resume.Status.DRAFT, "", None, None,
    )  # fmt: skip
    assert stored(uploads) == [DOCX]


def test_the_old_file_stays_until_the_new_one_is_sure(visitor, student, uploads):
    """Without a commit, nothing is deleted."""
    put_up(visitor)
    deeds.keep_resume(student, file=SimpleUploadedFile("b.docx", DOCX), kind=WORD, at=NOW)

    assert sorted(stored(uploads)) == sorted([PAGE, DOCX])


def test_a_file_whose_row_was_refused_leaves_nothing_behind(student, uploads):
    User.objects.filter(pk=student.pk).delete()

    with pytest.raises(User.DoesNotExist):
        deeds.keep_resume(student, file=SimpleUploadedFile("b.pdf", PAGE), kind=PDF, at=NOW)
    assert stored(uploads) == []


def test_it_is_deleted_after_a_page_that_asks(visitor, uploads, django_capture_on_commit_callbacks):
    put_up(visitor)
    page = reverse("letters:resume_delete")
    assert "Delete your résumé?" in visitor.get(page).text
    assert Resume.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(page)
        visitor.post(page)

    assert not Resume.objects.exists()
    assert stored(uploads) == []
    assert visitor.get(page).status_code == 302


def heading(response) -> str:
    return response.text.partition("<h1>")[2].partition("</h1>")[0]


def test_the_heading_says_what_to_do_next(visitor, advisor):
    assert heading(visitor.get(MINE)) == "Put up your résumé"
    put_up(visitor)
    assert heading(visitor.get(MINE)) == "Ask your advisor to read your résumé"
    read(Resume.objects.get(), by=advisor, status="DRAFT", comment="Shorter, <please>.")
    page = visitor.get(MINE)
    assert heading(page) == "Work in what your advisor said"
    assert "Shorter, &lt;please&gt;." in page.text
    read(Resume.objects.get(), by=advisor)
    assert heading(visitor.get(MINE)) == "Take your résumé along"


@pytest.mark.parametrize("who", ["advisor", "staff", "administrator"])
@pytest.mark.parametrize("page", ["resume", "resume_delete"])
def test_only_students_have_one(client, request, who, page):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"letters:{page}")).status_code == 403
    assert client.post(reverse(f"letters:{page}")).status_code == 403


def test_the_page_asks_few_queries(visitor, student, django_assert_num_queries):
    with django_assert_num_queries(3):
        visitor.get(MINE)
    ResumeFactory(student=student)
    with django_assert_num_queries(3):
        visitor.get(MINE)


# The file


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("student", 200), ("advisor", 200), ("other_student", 404), ("other_advisor", 404),
        ("staff", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_the_file_is_for_the_student_and_the_present_advisor(
    client, request, student, visitor, who, status
):
    put_up(visitor)
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("letters:resume_file", args=[student.pk]))

    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == PAGE
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; ")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"


def test_an_advisor_of_old_sees_it_no_more(client, student, advisor, visitor):
    put_up(visitor)
    Caseload.objects.update(until=date(2026, 9, 30))
    client.force_login(advisor)

    for page in ("resume_file", "resume_review"):
        assert client.get(reverse(f"letters:{page}", args=[student.pk])).status_code == 404


def test_an_advisors_look_is_written_down(client, student, advisor, visitor):
    put_up(visitor)
    visitor.get(reverse("letters:resume_file", args=[student.pk]))
    assert not RecordLook.objects.exists()

    client.force_login(advisor)
    client.get(reverse("letters:resume_file", args=[student.pk]))

    assert list(RecordLook.objects.values_list("viewer", "student", "page")) == [
        (advisor.pk, student.pk, "Résumé")
    ]


def test_a_file_that_the_disk_lost_is_not_found(visitor, student, uploads):
    put_up(visitor)
    for path in uploads.rglob("*.pdf"):
        path.unlink()

    assert visitor.get(reverse("letters:resume_file", args=[student.pk])).status_code == 404


def test_no_address_leads_to_the_file_itself(visitor, uploads):
    put_up(visitor)
    name = Resume.objects.get().file.name

    for address in (f"/{name}", f"/uploads/{name}", f"/media/{name}", f"/static/{name}"):
        assert visitor.get(address).status_code == 404


# The advisor's page


def read(resume, *, by, status="REVIEWED", comment="", version=None):
    version = deeds.version_of(resume) if version is None else version
    deeds.review_resume(resume, by=by, status=status, comment=comment, version=version, at=NOW)


def review(student) -> str:
    return reverse("letters:resume_review", args=[student.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("advisor", 200), ("student", 403), ("other_student", 404), ("other_advisor", 404),
        ("staff", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_the_advisor_alone_reviews_it(client, request, student, visitor, who, status):
    put_up(visitor)
    client.force_login(request.getfixturevalue(who))

    assert client.get(review(student)).status_code == status
    client.post(
        review(student),
        {"status": "REVIEWED", "version": deeds.version_of(Resume.objects.get())},
    )
    assert (Resume.objects.get().status == "REVIEWED") is (who == "advisor")


def test_ready_has_its_day_and_not_yet_takes_it_back(client, student, advisor, visitor):
    put_up(visitor)
    client.force_login(advisor)
    data = {"version": deeds.version_of(Resume.objects.get())}

    client.post(review(student), {**data, "status": "REVIEWED", "comment": "Good."})
    resume = Resume.objects.get()
    assert (resume.status, resume.reviewed_on, resume.reviewed_by, resume.comment) == (
        "REVIEWED", date(2026, 3, 2), advisor, "Good.",
    )  # fmt: skip

    client.post(review(student), {**data, "status": "DRAFT", "comment": "Not quite."})
    resume = Resume.objects.get()
    assert (resume.status, resume.reviewed_on, resume.comment) == ("DRAFT", None, "Not quite.")


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"status": ["Say whether it is ready."]}),
        ({"status": "SUPER"}, {"status": ["Choose one of the two."]}),
        ({"status": "DRAFT"}, {"comment": ["Say what they should change first."]}),
        (
            {"status": "REVIEWED", "comment": "x" * 5001},
            {"comment": ["That is too long. Keep it under 5,000 characters."]},
        ),
    ],
)
def test_a_wrong_answer_is_shown_again(client, student, advisor, visitor, data, errors):
    put_up(visitor)
    client.force_login(advisor)
    version = deeds.version_of(Resume.objects.get())

    response = client.post(review(student), {"version": version, **data})

    assert response.status_code == 422
    assert response.context["form"].errors == errors


def test_an_answer_to_an_older_file_is_not_taken_for_the_newer(client, student, advisor, visitor):
    put_up(visitor)
    old = deeds.version_of(Resume.objects.get())
    put_up(visitor, DOCX, "cv.docx")
    client.force_login(advisor)

    response = client.post(
        review(student), {"status": "REVIEWED", "comment": "Fine.", "version": old}
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "The student has put up another file since. Please look at that one."
    ]
    assert Resume.objects.get().status == "DRAFT"
    # What was written is not lost, and answers the newer file when it is sent again.
    assert "Fine." in response.text
    client.post(review(student), response.context["form"].data)
    assert Resume.objects.get().status == "REVIEWED"


def test_an_advisor_meets_an_empty_page_before_there_is_one(client, student, advisor):
    client.force_login(advisor)

    page = client.get(review(student))
    assert heading(page) == "Maya Oyelaran has put up no résumé"
    assert client.post(review(student), {"status": "REVIEWED"}).status_code == 200
