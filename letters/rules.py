"""What a user may do with a letter that they can already see: an advisor reads and answers."""

import rules


@rules.predicate
def is_own_letter(user, letter) -> bool:
    return letter is not None and letter.contact.student_id == user.pk


@rules.predicate
def is_own_contact(user, contact) -> bool:
    return contact is not None and contact.student_id == user.pk


@rules.predicate
def is_advisor(user) -> bool:
    return user.is_advisor


rules.add_perm("letters.change_letter", is_own_letter)
rules.add_perm("letters.write_to", is_own_contact)
rules.add_perm("letters.answer_review", is_advisor)
