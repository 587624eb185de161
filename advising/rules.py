"""Whom an advisor sees, User.visible_to says; that these pages are for advisors, is said here."""

import rules

from accounts.rules import is_advisor


@rules.predicate
def is_author(user, remark) -> bool:
    return remark is not None and remark.author_id == user.pk


@rules.predicate
def is_mail(user, remark) -> bool:
    return remark is not None and remark.is_mail


rules.add_perm("advising.view_student", is_advisor)
rules.add_perm("advising.delete_remark", is_advisor & is_author)
# What is on its way to somebody's mail keeps its words.
rules.add_perm("advising.change_remark", is_advisor & is_author & ~is_mail)
