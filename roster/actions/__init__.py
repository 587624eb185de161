from roster.actions.caseloads import (
    HasChanged,
    apply_rules,
    assign_by_hand,
    moves_by_rule,
)
from roster.actions.rules import drop_rule, keep_rule, move_rule

__all__ = [
    "HasChanged",
    "apply_rules",
    "assign_by_hand",
    "drop_rule",
    "keep_rule",
    "move_rule",
    "moves_by_rule",
]
