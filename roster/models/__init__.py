from roster.models.assignment import AssignmentRule, AssignmentRuleQuerySet
from roster.models.graduation import Graduate, Graduation
from roster.models.lists import StudentList, StudentListRow
from roster.models.mail import RosterMail

__all__ = [
    "AssignmentRule",
    "AssignmentRuleQuerySet",
    "Graduate",
    "Graduation",
    "RosterMail",
    "StudentList",
    "StudentListRow",
]
