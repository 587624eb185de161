from alumni.models.directory import HIDEABLE, Alum, AlumQuerySet, AskBy, Consent
from alumni.models.imports import Import, ImportPart, ImportRow
from alumni.models.requests import Removal, Request

__all__ = [
    "HIDEABLE",
    "Alum",
    "AlumQuerySet",
    "AskBy",
    "Consent",
    "Import",
    "ImportPart",
    "ImportRow",
    "Removal",
    "Request",
]
