from alumni.views.office import office

__all__ = ["office"]
