from reports.views.reading import alumni, students
from reports.views.taking import take_alumni, take_csv, take_pack, taken
from reports.views.terms import remove_term, term, terms

__all__ = [
    "alumni",
    "remove_term",
    "students",
    "take_alumni",
    "take_csv",
    "take_pack",
    "taken",
    "term",
    "terms",
]
