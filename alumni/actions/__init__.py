from alumni.actions.directory import save_alum
from alumni.actions.duplicates import (
    compare_import,
    find_duplicates,
    imports_to_compare,
    say_maybe_one,
    say_two_people,
)
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
from alumni.actions.merging import CannotMerge, merge
from alumni.actions.parting import CannotUndo, undo_merge
from alumni.actions.requests import ask_alum, take_time, withdraw
from alumni.actions.running import NotUndoable, check_import, run_import, undo_import
from alumni.actions.vocabulary import (
    NotOneKind,
    SpellingTaken,
    dismiss,
    keep_term,
    merge_terms,
    remove_term,
    take_as_spelling,
    take_as_term,
)

__all__ = [
    "AT_WORK",
    "OPEN",
    "CannotMerge",
    "CannotUndo",
    "ImportUnderWay",
    "NotOneKind",
    "NotUndoable",
    "NothingToImport",
    "SpellingTaken",
    "TooLongForAWorkbook",
    "ask_alum",
    "check_import",
    "compare_import",
    "correct_row",
    "dismiss",
    "export_alumni",
    "find_duplicates",
    "imports_to_compare",
    "keep_term",
    "look_again",
    "look_elsewhere",
    "merge",
    "merge_terms",
    "remove_term",
    "run_import",
    "save_alum",
    "say_maybe_one",
    "say_two_people",
    "set_mapping",
    "start_import",
    "stop_import",
    "take_as_spelling",
    "take_as_term",
    "take_time",
    "undo_import",
    "undo_merge",
    "upload_list",
    "waiting_imports",
    "withdraw",
]
