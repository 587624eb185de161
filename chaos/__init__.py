"""The reminder engine under fire: `./bin/careerhub chaos`.

__main__.py    the command: servers of its own, a run for each seed, what is printed
college.py     thousands of thank-yous that are owed this morning
hurried.py     CareerHub's Celery application with short leases and quick beats
posting.py     an SMTP server that counts, refuses, hangs and hangs up, as a seed says
trouble.py     workers killed, Redis wiped, PostgreSQL crashed, thank-yous written meanwhile
idle.py        two promises of an idle hour: Redis wiped, and a sender killed in the middle
verdict.py     lost, falsely sent, doubled: counted from what the server took and the rows say

docs/adr/0002 says why the engine is built as it is; nothing of CareerHub is stood in for here.
"""
