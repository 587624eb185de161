"""A student's whole record. All of it is the student's own: nobody else has a page here."""

from records.views.downloads import export_csv, export_vcards, take_away
from records.views.paper import binder, binder_pdf, cards, cards_pdf
from records.views.search import search
from records.views.tree import tree

__all__ = [
    "binder",
    "binder_pdf",
    "cards",
    "cards_pdf",
    "export_csv",
    "export_vcards",
    "search",
    "take_away",
    "tree",
]
