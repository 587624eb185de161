"""Whom an advisor sees, User.visible_to says; that these pages are for advisors, is said here."""

import rules

from accounts.rules import is_advisor, is_office_staff


@rules.predicate
def is_author(user, remark) -> bool:
    return remark is not None and remark.author_id == user.pk


@rules.predicate
def is_mail(user, remark) -> bool:
    return remark is not None and remark.is_mail


@rules.predicate
def is_own_goal(user, goal) -> bool:
    return goal is not None and goal.advisor_id == user.pk


@rules.predicate
def is_of_the_office(user, goal) -> bool:
    return goal is not None and goal.is_of_the_office


rules.add_perm("advising.view_student", is_advisor)
rules.add_perm("advising.delete_remark", is_advisor & is_author)
# What is on its way to somebody's mail keeps its words.
rules.add_perm("advising.change_remark", is_advisor & is_author & ~is_mail)
# A goal is changed by whoever set it: its advisor, or the office.
rules.add_perm("advising.view_goal", is_advisor | is_office_staff)
rules.add_perm("advising.change_goal", is_own_goal | (is_office_staff & is_of_the_office))
