from roster.models.assignment import AssignmentRule, AssignmentRuleQuerySet
from roster.models.lists import StudentList, StudentListRow
from roster.models.mail import RosterMail

__all__ = [
    "AssignmentRule",
    "AssignmentRuleQuerySet",
    "RosterMail",
    "StudentList",
    "StudentListRow",
]
