"""Letters, who reads them before they go, and how they are delivered."""

from letters.models.delivery import Delivery, DeliveryQuerySet
from letters.models.letter import Letter
from letters.models.passage import Passage
from letters.models.resume import Resume
from letters.models.review import LetterReview

__all__ = ["Delivery", "DeliveryQuerySet", "Letter", "LetterReview", "Passage", "Resume"]
