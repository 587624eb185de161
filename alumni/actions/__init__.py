from alumni.actions.imports import (
    AT_WORK,
    OPEN,
    ImportUnderWay,
    NothingToImport,
    correct_row,
    look_again,
    look_elsewhere,
    set_mapping,
    start_import,
    stop_import,
    upload_list,
    waiting_imports,
)
from alumni.actions.requests import ask_alum, take_time, withdraw
from alumni.actions.running import NotUndoable, check_import, run_import, undo_import

__all__ = [
    "AT_WORK",
    "OPEN",
    "ImportUnderWay",
    "NotUndoable",
    "NothingToImport",
    "ask_alum",
    "check_import",
    "correct_row",
    "look_again",
    "look_elsewhere",
    "run_import",
    "set_mapping",
    "start_import",
    "stop_import",
    "take_time",
    "undo_import",
    "upload_list",
    "waiting_imports",
    "withdraw",
]
