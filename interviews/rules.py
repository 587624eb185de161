"""An interview belongs to its student; an advisor reads it on the advisor's own page."""

import rules

from accounts.rules import is_office_staff


@rules.predicate
def is_own_interview(user, interview) -> bool:
    return interview is not None and interview.contact.student_id == user.pk


@rules.predicate
def is_own_contact(user, contact) -> bool:
    return contact is not None and contact.student_id == user.pk


rules.add_perm("interviews.begin_with", is_own_contact)
rules.add_perm("interviews.change_interview", is_own_interview)
rules.add_perm("interviews.keep_bank", is_office_staff)
