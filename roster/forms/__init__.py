from roster.forms.caseloads import NOBODY, HandForm, RuleForm, StudentFilter
from roster.forms.graduation import GraduateRecordForm
from roster.forms.lists import StudentListForm, StudentMatchForm

__all__ = [
    "NOBODY",
    "GraduateRecordForm",
    "HandForm",
    "RuleForm",
    "StudentFilter",
    "StudentListForm",
    "StudentMatchForm",
]
