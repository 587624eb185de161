"""A résumé is put up, read by an advisor, replaced or taken away (G32).

A file leaves the disk when its row has: on commit, so that a failed replacement loses nothing.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_hex

from django.core.files import File
from django.db import transaction

from accounts.models import User
from core.localtime import local_date
from letters.models import Resume
from letters.resumes import Kind, shown_name


class NewerFile(Exception):
    """The advisor answers to another file than the one that is there now."""

    def __init__(self) -> None:
        super().__init__("The student has put up another file since. Please look at that one.")


def keep_resume(student: User, *, file: File, kind: Kind, at: datetime) -> Resume:
    """Store the file, or replace the one there is: whatever it was, it is a draft again."""
    storage = Resume.file.field.storage
    # A name that no other file had, so that an advisor's answer is about this one.
    path = f"resumes/{student.pk}-{token_hex(4)}.{kind.extension}"
    stored = storage.save(path, file)
    try:
        return _record(student, stored=stored, name=shown_name(file.name or "", kind), at=at)
    except BaseException:
        storage.delete(stored)
        raise


@transaction.atomic
def _record(student: User, *, stored: str, name: str, at: datetime) -> Resume:
    # Two uploads at once wait here, and the later one replaces the other's file.
    User.objects.select_for_update().get(pk=student.pk)
    before = Resume.objects.filter(student=student).first()
    # The row stands for the file: its age is that of the file.
    fields = {"file": stored, "file_name": name, "created_at": at, "comment": ""}
    unread = {"status": Resume.Status.DRAFT, "reviewed_by": None, "reviewed_on": None}
    resume, _ = Resume.objects.update_or_create(student=student, defaults={**fields, **unread})
    if before is not None:
        _delete_file(before)
    return resume


@transaction.atomic
def delete_resume(student: User) -> None:
    """Said twice, it is as gone as said once."""
    resume = Resume.objects.select_for_update().filter(student=student).first()
    if resume is not None:
        resume.delete()
        _delete_file(resume)


@transaction.atomic
def review_resume(
    resume: Resume, *, by: User, status: str, comment: str, version: str, at: datetime
) -> None:
    """What the advisor thinks of the file whose `version` they looked at."""
    resume.refresh_from_db(from_queryset=Resume.objects.select_for_update(of=("self",)))
    if version_of(resume) != version:
        raise NewerFile
    is_reviewed = status == Resume.Status.REVIEWED
    resume.status, resume.comment, resume.reviewed_by = status, comment, by
    resume.reviewed_on = local_date(at, by.time_zone) if is_reviewed else None
    resume.save(update_fields=["status", "comment", "reviewed_by", "reviewed_on", "updated_at"])


def version_of(resume: Resume) -> str:
    """What stays the same for as long as the file does."""
    return sha256(resume.file.name.encode()).hexdigest()[:16]


def _delete_file(resume: Resume) -> None:
    name, storage = resume.file.name, resume.file.storage
    transaction.on_commit(lambda: storage.delete(name))
