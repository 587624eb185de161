from alumni.actions.directory import save_alum
from alumni.actions.exports import TooLongForAWorkbook, export_alumni
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

__all__ = [
    "ImportUnderWay",
    "NotUndoable",
    "NothingToImport",
    "TooLongForAWorkbook",
    "export_alumni",
    "run_import",
    "save_alum",
    "set_mapping",
    "start_import",
    "undo_import",
    "upload_list",
    "waiting_imports",
]
