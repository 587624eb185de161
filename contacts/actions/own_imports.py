"""A file of one's own people: read, chosen from, added, undone as a whole (G42 to G44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from contacts.importing.apply import add_entries
from contacts.importing.entries import make_entry
from contacts.importing.kinds import read_file
from contacts.importing.plan import people_of, plan_entries
from contacts.importing.undo import take_back
from contacts.models import Contact, ContactImport, ContactImportEntry

Standing = ContactImportEntry.Standing
CHOSEN_AT_MOST = 50
BATCH = 1000


class NobodyChosen(Exception):
    """Nobody is ticked."""

    def __str__(self) -> str:
        return "Tick at least one person first."


class NothingToUndo(Exception):
    """Nothing of the file is on the list, or it was undone before."""

    def __str__(self) -> str:
        return "There is nothing to undo: nobody of this file was added."


class Undone(Exception):
    """A file that was undone is closed."""

    def __str__(self) -> str:
        return "You undid this file. Choose it again to add people from it."


class StillNeeded(Exception):
    """What a file added can be undone only as long as the file is known."""

    def __str__(self) -> str:
        return "People of this file are on your list. Undo it first, if you want it forgotten."


@dataclass(frozen=True)
class Choice:
    """What the boxes of one page say: who was shown, and who of them is ticked."""

    shown: list[int]
    ticked: list[int]


@transaction.atomic
def read_own_people(
    student: User, *, file_name: str, content: bytes, at: datetime
) -> ContactImport:
    """Read and plan the whole file; nobody is added yet. Raises UnreadableFile.

    Of a long file nobody is chosen: a network is made of people one means to talk with.
    """
    read = read_file(content, file_name=file_name)
    entries = plan_entries(map(make_entry, read.found), people_of(student))
    new = sum(entry.standing == Standing.NEW for entry in entries)
    of_file = ContactImport.objects.create(
        student=student, file_name=file_name[:255], kind=read.kind, remarks=read.remarks
    )
    for entry in entries:
        entry.file = of_file
        entry.is_chosen = new <= CHOSEN_AT_MOST and entry.is_choosable
    ContactImportEntry.objects.bulk_create(entries, BATCH)
    return of_file


@transaction.atomic
def choose(of_file: ContactImport, *, choice: Choice) -> None:
    """Keep the ticks of one page."""
    _locked(of_file)
    shown = of_file.entries.choosable().filter(number__in=choice.shown)
    shown.filter(number__in=choice.ticked).update(is_chosen=True)
    shown.exclude(number__in=choice.ticked).update(is_chosen=False)


@transaction.atomic
def choose_all(of_file: ContactImport, *, words: str, standing: str, is_chosen: bool) -> int:
    """Tick, or untick, everybody who was found; the number of them."""
    _locked(of_file)
    return (
        of_file.entries.choosable()
        .search(words)
        .standing(standing)
        .exclude(is_chosen=is_chosen)
        .update(is_chosen=is_chosen)
    )


@transaction.atomic
def add_chosen(of_file: ContactImport, *, at: datetime) -> None:
    """Everybody who is ticked, or nobody. Raises NobodyChosen, Undone."""
    # Two files of one student, or two clicks, meet here: the second finds what the first added.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=of_file.student_id)
    locked = _locked(of_file)
    chosen = list(locked.entries.choosable().filter(is_chosen=True))
    if not chosen:
        raise NobodyChosen
    add_entries(locked, chosen, at=at)
    locked.added_at = at
    locked.save(update_fields=["added_at", "updated_at"])
    of_file.added_at = at


@transaction.atomic
def undo_own_people(of_file: ContactImport, *, at: datetime) -> list[Contact]:
    """Take it back as a whole; returned are those who stay. Raises NothingToUndo."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=of_file.student_id)
    locked = ContactImport.objects.select_for_update(of=("self",)).get(pk=of_file.pk)
    if locked.added_at is None or locked.undone_at is not None:
        raise NothingToUndo
    stay = take_back(locked)
    locked.undone_at = at
    locked.save(update_fields=["undone_at", "updated_at"])
    return stay


@transaction.atomic
def forget(of_file: ContactImport) -> None:
    """Other people's addresses are kept no longer than they are of use. Raises StillNeeded."""
    locked = ContactImport.objects.select_for_update(of=("self",)).get(pk=of_file.pk)
    if locked.added_at is not None and locked.undone_at is None:
        raise StillNeeded
    locked.delete()


def _locked(of_file: ContactImport) -> ContactImport:
    rows = ContactImport.objects.select_related("student").select_for_update(of=("self",))
    locked = rows.get(pk=of_file.pk)
    if locked.undone_at is not None:
        raise Undone
    return locked
