from alumni.models.directory import Alum, AlumQuerySet, AskBy, Consent
from alumni.models.imports import Import, ImportRow
from alumni.models.requests import Removal, Request
from alumni.models.searching import ExportLog, FacetCounts, Term

__all__ = [
    "Alum",
    "AlumQuerySet",
    "AskBy",
    "Consent",
    "ExportLog",
    "FacetCounts",
    "Import",
    "ImportRow",
    "Removal",
    "Request",
    "Term",
]
