"""What letters tell and ask the floors above, without knowing them.

`letter_sent`: sender Letter, arguments `letter`, `at`; sent inside the transaction that records it.
`letter_taken_back`: the same arguments, before the letter forgets when it went out.
`questions_wanted`: sender Contact, argument `contact`; each receiver answers with the questions
that the student has prepared for this person, as a list of strings.
"""

from django.dispatch import Signal

letter_sent = Signal()
letter_taken_back = Signal()
questions_wanted = Signal()
