"""What requests tell the floors above, without knowing them.

`request_made`, `request_answered`, `request_withdrawn`, `time_taken` and `request_expired`: sender
Request, arguments `request`, `at`; each is sent inside the transaction that records it.
`alum_removed`: sender Alum, arguments `alum`, `at`; sent before the record goes, when its pending
requests have been answered with a no.
"""

from django.dispatch import Signal

request_made = Signal()
request_answered = Signal()
request_withdrawn = Signal()
time_taken = Signal()
request_expired = Signal()
alum_removed = Signal()
