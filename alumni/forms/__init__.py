from alumni.forms.directory import AlumForm
from alumni.forms.imports import CorrectionForm, MatchForm, UploadForm

__all__ = ["AlumForm", "CorrectionForm", "MatchForm", "UploadForm"]
