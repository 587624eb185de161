"""What happens to a student's network and its log, by what it is about."""

from contacts.actions.log import (
    NoPromise,
    NotYet,
    delete_interaction,
    log_interaction,
    record_call,
    save_interaction,
)
from contacts.actions.merging import (
    CannotUndo,
    OneIsGone,
    SomethingStays,
    TooMuch,
    merge,
    say_maybe_one,
    say_two_people,
    undo_merge,
)
from contacts.actions.people import (
    Named,
    add_contact,
    add_from_alum,
    add_names,
    add_referred,
    delete_contact,
    log_know_nobody,
    set_name_permission,
)

__all__ = [
    "CannotUndo",
    "Named",
    "NoPromise",
    "NotYet",
    "OneIsGone",
    "SomethingStays",
    "TooMuch",
    "add_contact",
    "add_from_alum",
    "add_names",
    "add_referred",
    "delete_contact",
    "delete_interaction",
    "log_interaction",
    "log_know_nobody",
    "merge",
    "record_call",
    "save_interaction",
    "say_maybe_one",
    "say_two_people",
    "set_name_permission",
    "undo_merge",
]
