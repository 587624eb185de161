from advising.models.counters import StudentCounters
from advising.models.spoken import Spoken

__all__ = ["Spoken", "StudentCounters"]
