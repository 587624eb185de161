"""Whom an advisor sees, User.visible_to says; that these pages are for advisors, is said here."""

import rules

from accounts.rules import is_advisor

rules.add_perm("advising.view_student", is_advisor)
