"""A student's own network: the people in it, and the dated log of every exchange."""

from contacts.models.imports import ContactImport, ContactImportEntry
from contacts.models.log import Interaction
from contacts.models.merges import ContactMerge, NotTheSame
from contacts.models.people import Contact, ContactQuerySet

__all__ = [
    "Contact",
    "ContactImport",
    "ContactImportEntry",
    "ContactMerge",
    "ContactQuerySet",
    "Interaction",
    "NotTheSame",
]
