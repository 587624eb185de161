"""The pages of a network, by what they are about."""

from contacts.views.identify import brainstorm
from contacts.views.log import (
    call_made,
    delete_interaction,
    edit_interaction,
    log,
)
from contacts.views.merging import (
    duplicates,
    maybe_the_same,
    merge,
    not_the_same,
    undo_merge,
)
from contacts.views.people import (
    contact_list,
    create,
    delete,
    detail,
    edit,
    from_alum,
    name_permission,
    quick_add,
)

__all__ = [
    "brainstorm",
    "call_made",
    "contact_list",
    "create",
    "delete",
    "delete_interaction",
    "detail",
    "duplicates",
    "edit",
    "edit_interaction",
    "from_alum",
    "log",
    "maybe_the_same",
    "merge",
    "name_permission",
    "not_the_same",
    "quick_add",
    "undo_merge",
]
