from roster.actions.caseloads import (
    HasChanged,
    apply_rules,
    assign_by_hand,
    moves_by_rule,
)
from roster.actions.lists import (
    ColumnsMissing,
    NotNow,
    TooManyLeave,
    apply_students,
    check_students,
    look,
    look_elsewhere,
    refuse_mass_leave,
    undo_students,
    upload_students,
)
from roster.actions.post import deliver, try_again
from roster.actions.rules import drop_rule, keep_rule, move_rule

__all__ = [
    "ColumnsMissing",
    "HasChanged",
    "NotNow",
    "TooManyLeave",
    "apply_rules",
    "apply_students",
    "assign_by_hand",
    "check_students",
    "deliver",
    "drop_rule",
    "keep_rule",
    "look",
    "look_elsewhere",
    "move_rule",
    "moves_by_rule",
    "refuse_mass_leave",
    "try_again",
    "undo_students",
    "upload_students",
]
