from alumni.actions.directory import save_alum
from alumni.actions.exports import TooLongForAWorkbook, export_alumni
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
    "TooLongForAWorkbook",
    "ask_alum",
    "check_import",
    "correct_row",
    "export_alumni",
    "look_again",
    "look_elsewhere",
    "run_import",
    "save_alum",
    "set_mapping",
    "start_import",
    "stop_import",
    "take_time",
    "undo_import",
    "upload_list",
    "waiting_imports",
    "withdraw",
]
