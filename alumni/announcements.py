"""What requests tell the floors above, without knowing them.

`request_made`, `request_answered`, `request_withdrawn`, `time_taken` and `request_expired`: sender
Request, arguments `request`, `at`; each is sent inside the transaction that records it.
`alum_removed`: sender Alum, arguments `alum`, `at`; sent before the record goes, when its pending
requests have been answered with a no.
`alum_merged`: sender Alum, arguments `kept`, `merged`, `at`; sent before `merged` goes. Each hearer
moves what it keeps about `merged` and returns what it needs to go back: {its name: anything that
JSON can hold}. `alum_parted`: `kept`, `back`, `at`, and in `told` all of what they returned.
"""

from django.dispatch import Signal

request_made = Signal()
request_answered = Signal()
request_withdrawn = Signal()
time_taken = Signal()
request_expired = Signal()
alum_removed = Signal()
alum_merged = Signal()
alum_parted = Signal()
