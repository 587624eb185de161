"""A student's advice is theirs to share; staff read it before others do; no advisor shares."""

import rules

from accounts.rules import is_advisor, is_office_staff, is_student

rules.add_perm("insights.review", is_office_staff)
rules.add_perm("insights.read", is_student | is_advisor | is_office_staff)
