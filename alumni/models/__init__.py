from alumni.models.directory import Alum, AlumQuerySet, AskBy, Consent
from alumni.models.imports import Import, ImportPart, ImportRow
from alumni.models.requests import Removal, Request

__all__ = [
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
