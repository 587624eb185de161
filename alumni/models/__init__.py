from alumni.models.campaigns import Campaign
from alumni.models.desk import DeskChange
from alumni.models.directory import HIDEABLE, Alum, AlumQuerySet, AskBy, Consent
from alumni.models.duplicates import AlumMerge, DuplicatePair
from alumni.models.imports import Import, ImportPart, ImportRow
from alumni.models.mail import AlumniMail
from alumni.models.requests import Removal, Request
from alumni.models.searching import ExportLog, FacetCounts, SearchTerm
from alumni.models.vocabulary import Kind, ListSource, Term, UnknownWord

__all__ = [
    "HIDEABLE",
    "Alum",
    "AlumMerge",
    "AlumQuerySet",
    "AlumniMail",
    "AskBy",
    "Campaign",
    "Consent",
    "DeskChange",
    "DuplicatePair",
    "ExportLog",
    "FacetCounts",
    "Import",
    "ImportPart",
    "ImportRow",
    "Kind",
    "ListSource",
    "Removal",
    "Request",
    "SearchTerm",
    "Term",
    "UnknownWord",
]
