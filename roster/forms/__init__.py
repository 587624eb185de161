from roster.forms.caseloads import NOBODY, HandForm, RuleForm, StudentFilter
from roster.forms.lists import StudentListForm, StudentMatchForm

__all__ = [
    "NOBODY",
    "HandForm",
    "RuleForm",
    "StudentFilter",
    "StudentListForm",
    "StudentMatchForm",
]
