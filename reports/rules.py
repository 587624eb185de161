"""Reports and the terms they are cut by are the office's."""

import rules

from accounts.rules import is_office_staff

rules.add_perm("reports.view_reports", is_office_staff)
rules.add_perm("reports.keep_terms", is_office_staff)
