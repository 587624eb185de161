from roster.models.assignment import AssignmentRule, AssignmentRuleQuerySet

__all__ = ["AssignmentRule", "AssignmentRuleQuerySet"]
