"""Staff set right the addresses at which nothing arrives, and keep the office's calendar."""

import rules

from accounts.rules import is_office_staff

rules.add_perm("reminders.view_undeliverable", is_office_staff)
rules.add_perm("reminders.change_calendar", is_office_staff)
rules.add_perm("reminders.change_wording", is_office_staff)
