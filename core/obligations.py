"""How a lower floor says that what somebody owes has changed, without knowing who listens.

Actions send it inside their transaction, so whatever a listener writes stands or falls with the
deed (docs/adr/0003). `owner` is the row that carries the dates: an interview, an interaction, a
letter's review, an import, a request to an alum, a user whose time zone changed, or the office's
settings, which carry everybody's; `at` is the moment of the deed.

What is deleted is announced just before, while it can still be read: then `owner` is a contact or
an entry of its log, and all that hangs on it goes along.
"""

from django.dispatch import Signal

obligations_changed = Signal()
owner_leaves = Signal()
