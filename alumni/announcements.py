"""What a request tells the floors above, and the mails, without knowing them.

All are sent inside the transaction of the deed, with sender Request and the arguments `request`, `at`.
`request_made`: a student asked, and the request is pending.
`request_answered`: the alum accepted, declined or would rather be called; `request.state` says which.
`request_withdrawn`: the student took a pending request back.
`time_taken`: the student took one of the offered times, `request.taken_time`.
"""

from django.dispatch import Signal

request_made = Signal()
request_answered = Signal()
request_withdrawn = Signal()
time_taken = Signal()
