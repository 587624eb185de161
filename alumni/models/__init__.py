from alumni.models.campaigns import Campaign
from alumni.models.desk import DeskChange
from alumni.models.directory import HIDEABLE, Alum, AlumQuerySet, AskBy, Consent
from alumni.models.imports import Import, ImportPart, ImportRow
from alumni.models.mail import AlumniMail
from alumni.models.requests import Removal, Request

__all__ = [
    "HIDEABLE",
    "Alum",
    "AlumQuerySet",
    "AlumniMail",
    "AskBy",
    "Campaign",
    "Consent",
    "DeskChange",
    "Import",
    "ImportPart",
    "ImportRow",
    "Removal",
    "Request",
]
