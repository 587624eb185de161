"""The rounds that beat rings for. A bell carries nothing, and may be lost, doubled or late.

They tick by interval: an hourly crontab skips an hour when the clocks go back.
"""

SCHEDULE = {
    # What is due, every five seconds: one query when there is nothing. So an hour that was agreed
    # is kept, and what a killed worker left is taken up as soon as its lease is over.
    "send-due-reminders": {
        "task": "reminders.tasks.look",
        "schedule": 5.0,
        "options": {"expires": 300},
    },
    "drain-reminders": {
        "task": "reminders.tasks.drain",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    "deliver-letters": {
        "task": "letters.tasks.deliver",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    "look-after-requests": {
        "task": "alumni.tasks.look",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    "deliver-roster-mail": {
        "task": "roster.tasks.deliver",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    # A list whose bell was lost, or whose worker died, is taken up again.
    "resume-imports": {
        "task": "alumni.tasks.resume_imports",
        "schedule": 300.0,
        "options": {"expires": 600},
    },
    "resume-student-lists": {
        "task": "roster.tasks.resume_lists",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    # Whoever reads a report counts what changed since; so there is never much left to count.
    "keep-reports-fresh": {
        "task": "reports.tasks.keep_fresh",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    # What staff and alumni edited may make two records alike, or no longer so.
    "find-duplicates": {
        "task": "alumni.tasks.find_duplicates",
        "schedule": 86400.0,
        "options": {"expires": 3600},
    },
}
