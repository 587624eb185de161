"""The forms of a network, by what they are about."""

from contacts.forms.identify import QuickAddForm, ThoughtForm
from contacts.forms.log import InteractionForm
from contacts.forms.people import ContactForm

__all__ = ["ContactForm", "InteractionForm", "QuickAddForm", "ThoughtForm"]
