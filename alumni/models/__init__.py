from alumni.models.campaigns import Campaign
from alumni.models.desk import DeskChange
from alumni.models.directory import Alum, AlumQuerySet, AskBy, Consent
from alumni.models.imports import Import, ImportRow
from alumni.models.mail import AlumniMail
from alumni.models.requests import Removal, Request

__all__ = [
    "Alum",
    "AlumQuerySet",
    "AlumniMail",
    "AskBy",
    "Campaign",
    "Consent",
    "DeskChange",
    "Import",
    "ImportRow",
    "Removal",
    "Request",
]
