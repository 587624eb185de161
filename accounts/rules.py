"""Who a user is. Apps combine these with predicates of their own."""

import rules


@rules.predicate
def is_student(user) -> bool:
    return user.is_authenticated and user.is_student


@rules.predicate
def is_advisor(user) -> bool:
    return user.is_authenticated and user.is_advisor


@rules.predicate
def is_office_staff(user) -> bool:
    return user.is_authenticated and user.is_office_staff


rules.add_perm("accounts.change_officesettings", is_office_staff)
