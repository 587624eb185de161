from reports.views.terms import remove_term, term, terms

__all__ = ["remove_term", "term", "terms"]
