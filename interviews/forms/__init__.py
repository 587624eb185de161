"""The forms of a talk, by what they are about."""

from interviews.forms.calls import BadTimeForm, CameForm, DeclinedForm, UnansweredForm
from interviews.forms.confirm import ConfirmForm
from interviews.forms.talks import (
    DATE_WORDS,
    AgreeForm,
    BeginForm,
    DayForm,
    NotesForm,
    TalkForm,
)

__all__ = [
    "DATE_WORDS",
    "AgreeForm",
    "BadTimeForm",
    "BeginForm",
    "CameForm",
    "ConfirmForm",
    "DayForm",
    "DeclinedForm",
    "NotesForm",
    "TalkForm",
    "UnansweredForm",
]
