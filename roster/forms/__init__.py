from roster.forms.caseloads import NOBODY, HandForm, RuleForm, StudentFilter

__all__ = ["NOBODY", "HandForm", "RuleForm", "StudentFilter"]
