"""The roster is the office's: staff say who is here, and who looks after whom."""

import rules

from accounts.rules import is_office_staff

rules.add_perm("roster.keep_roster", is_office_staff)
