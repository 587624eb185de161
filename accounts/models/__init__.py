from accounts.models.caseloads import Caseload
from accounts.models.looks import RecordLook
from accounts.models.office import OfficeSettings, Term
from accounts.models.people import (
    Role,
    User,
    default_time_zone,
    display_name,
    validate_time_zone,
)
from accounts.models.profiles import StudentProfile

__all__ = [
    "Caseload",
    "OfficeSettings",
    "RecordLook",
    "Role",
    "StudentProfile",
    "Term",
    "User",
    "default_time_zone",
    "display_name",
    "validate_time_zone",
]
