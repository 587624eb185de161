"""What a user may do with a contact that they can already see: an advisor reads elsewhere."""

import rules


@rules.predicate
def is_own_contact(user, contact) -> bool:
    return contact is not None and contact.student_id == user.pk


@rules.predicate
def is_in_own_log(user, interaction) -> bool:
    return interaction is not None and interaction.contact.student_id == user.pk


rules.add_perm("contacts.change_contact", is_own_contact)
rules.add_perm("contacts.change_interaction", is_in_own_log)
