from alumni.forms.directory import AlumForm
from alumni.forms.imports import MatchForm, UploadForm

__all__ = ["AlumForm", "MatchForm", "UploadForm"]
