"""A demo college of any size: twenty lines of log and five talks for each student."""

from __future__ import annotations

from datetime import UTC, date, datetime

from accounts.models import Caseload, OfficeSettings, Role, User
from alumni.models import Alum
from benchmarks.database import execute
from careerhub.demo.alumni import make_alumni
from careerhub.demo.history import LINES, make_history, make_terms

AT = datetime(2026, 6, 24, 15, tzinfo=UTC)
TODAY = date(2026, 6, 24)
# The largest caseload that an advisor has.
CASELOAD = 400
TABLES = (
    "accounts_user, accounts_studentprofile, accounts_caseload, contacts_contact, "
    "contacts_interaction, interviews_interview, interviews_debrief, letters_letter, "
    "letters_letterreview, alumni_alum"
)


def fill(rows: int) -> tuple[User, User]:
    """With about `rows` lines of log. Returns an advisor with a whole caseload, and staff."""
    students = max(1, rows // LINES)
    OfficeSettings.current()
    make_alumni(students, seed=1, today=TODAY)
    make_terms(TODAY)
    alumni = list(Alum.objects.order_by("pk").values_list("pk", flat=True))
    made = make_history(students, seed=1, now=AT, today=TODAY, alumni=alumni)
    # One in three who asked promised to call, and of ten one has not yet.
    execute(
        "UPDATE contacts_interaction SET promised_call_on = happened_on + 7, "
        "called_on = CASE WHEN id % 10 > 0 THEN happened_on + 8 END "
        "WHERE outcome = 'ASKED' AND id % 3 = 0"
    )
    advisor, staff = (
        User.objects.create_user(f"{role.lower()}@bench.example", name=role.label, role=role)
        for role in (Role.ADVISOR, Role.STAFF)
    )
    Caseload.objects.bulk_create(
        Caseload(advisor=advisor, student_id=key, since=date(2024, 9, 1)) for key in made[:CASELOAD]
    )
    execute(f"VACUUM ANALYZE {TABLES}")
    return advisor, staff
