"""Takes back what an import wrote, and nothing that happened since."""

from __future__ import annotations

from django.db.models import ManyToOneRel, OneToOneRel

from contacts.importing.apply import BATCH, CREATED
from contacts.importing.plan import new_values
from contacts.models import Contact, ContactImport, ContactImportEntry

# What undoing may look past: the import itself, and when a row was written.
OWN = {"import_entries"}
CLOCKS = {"id", "created_at", "updated_at"}


def take_back(of_file: ContactImport) -> list[Contact]:
    """Those whom it brought leave again; returned are the ones who stay, by name.

    Who has been written to, talked with, linked or edited since is the student's own by now.
    """
    entries = list(of_file.entries.exclude(before={}).exclude(contact=None).order_by("-number"))
    ids = {entry.contact_id for entry in entries}
    rows = Contact.objects.select_for_update(of=("self",)).in_bulk(ids)
    contacts = {pk: row for pk, row in rows.items() if row.student_id == of_file.student_id}
    changed: dict[int, set[str]] = {}
    for entry in entries:
        contact = contacts.get(entry.contact_id or 0)
        if contact is not None and CREATED not in entry.before:
            changed.setdefault(contact.pk, set()).update(_put_back(contact, entry))
    brought = [
        (contacts[entry.contact_id], entry)
        for entry in entries
        if CREATED in entry.before and entry.contact_id in contacts
    ]
    in_use = _in_use([contact.pk for contact, _ in brought])
    leaving = {
        contact.pk
        for contact, entry in brought
        if contact.pk not in in_use and _is_as_brought(contact, entry)
    }
    _write(contacts, {pk: names for pk, names in changed.items() if pk not in leaving})
    Contact.objects.filter(pk__in=leaving).delete()
    return sorted((one for one, _ in brought if one.pk not in leaving), key=lambda one: one.name)


def _put_back(contact: Contact, entry: ContactImportEntry) -> list[str]:
    """Each field that still holds what the entry wrote. Returned: their names."""
    names = []
    for name, (was, became) in entry.before.items():
        holds = getattr(contact, name)
        if holds == became:
            setattr(contact, name, was)
            names.append(name)
        elif name == "other_details" and (added := became[len(was) :].strip("\n")) in holds:
            # The student wrote more into it since: only what the file said goes.
            kept = holds.replace(added, "", 1)
            setattr(contact, name, "\n".join(filter(None, kept.splitlines())))
            names.append(name)
    return names


def _is_as_brought(contact: Contact, entry: ContactImportEntry) -> bool:
    fresh = Contact(student_id=contact.student_id, **new_values(entry.values))
    names = {field.attname for field in Contact._meta.concrete_fields} - CLOCKS
    return all(getattr(contact, name) == getattr(fresh, name) for name in names)


def _in_use(ids: list[int]) -> set[int]:
    """To whom anything of any app points: a log entry, a talk, a letter, somebody they named."""
    used: set[int] = set()
    for relation in Contact._meta.related_objects:
        if isinstance(relation, ManyToOneRel | OneToOneRel) and relation.name not in OWN:
            name = relation.field.attname
            rows = relation.field.model._base_manager.filter(**{f"{name}__in": ids})
            used.update(rows.values_list(name, flat=True))
    return used


def _write(contacts: dict[int, Contact], changed: dict[int, set[str]]) -> None:
    names = sorted(set().union(*changed.values()))
    if names:
        rows = [contacts[pk] for pk in changed]
        Contact.objects.bulk_update(rows, names, batch_size=BATCH)
