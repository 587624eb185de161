"""What a merge in the office's directory means for students' contacts, in its transaction."""

from __future__ import annotations

from alumni.models import Alum
from contacts.models import Contact
from core.snapshots import Row


def follow_merge(kept: Alum, merged: Alum) -> Row:
    """Contacts follow to the one record. Returns which did, for the way back.

    A student who had both keeps both contacts: merging their own notes is theirs to decide, and
    “One person, or two?” now asks them. The one for `merged` is no longer linked.
    """
    mine = Contact.objects.filter(alum=merged).order_by("pk").select_for_update(of=("self",))
    with_both = set(
        Contact.objects.filter(alum=kept, student__contacts__alum=merged).values_list(
            "student", flat=True
        )
    )
    followed: list[int] = []
    unlinked: list[int] = []
    for pk, student in mine.values_list("pk", "student"):
        (unlinked if student in with_both else followed).append(pk)
    Contact.objects.filter(pk__in=followed).update(alum=kept)
    Contact.objects.filter(pk__in=unlinked).update(alum=None)
    return {"followed": followed, "unlinked": unlinked}


def follow_parting(kept: Alum, back: Alum, told: Row) -> None:
    """As far as the students have not changed it since."""
    followed = Contact.objects.filter(pk__in=told.get("followed", []), alum=kept)
    followed.update(alum=back)
    unlinked = Contact.objects.filter(pk__in=told.get("unlinked", []), alum=None)
    unlinked.update(alum=back)
