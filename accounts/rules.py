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


@rules.predicate
def is_own_address(user, marked) -> bool:
    return user.is_authenticated and marked is not None and user.email == marked.email


@rules.predicate
def only_came_back(user, marked) -> bool:
    """That mail is welcome again, only its reader can say."""
    return marked is not None and not marked.is_complaint


rules.add_perm("core.clear_markedaddress", is_own_address | (is_office_staff & only_came_back))
