from alumni.forms.directory import AlumForm
from alumni.forms.imports import CorrectionForm, MatchForm, UploadForm
from alumni.forms.vocabulary import OtherTermForm, TermForm

__all__ = ["AlumForm", "CorrectionForm", "MatchForm", "OtherTermForm", "TermForm", "UploadForm"]
