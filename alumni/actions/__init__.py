from alumni.actions.imports import (
    ImportUnderWay,
    NothingToImport,
    NotUndoable,
    run_import,
    set_mapping,
    start_import,
    undo_import,
    upload_list,
    waiting_imports,
)
from alumni.actions.requests import ask_alum, take_time, withdraw

__all__ = [
    "ImportUnderWay",
    "NotUndoable",
    "NothingToImport",
    "ask_alum",
    "run_import",
    "set_mapping",
    "start_import",
    "take_time",
    "undo_import",
    "upload_list",
    "waiting_imports",
    "withdraw",
]
