from advising.models.counters import StudentCounters
from advising.models.goal import Goal
from advising.models.remark import Remark
from advising.models.spoken import Spoken

__all__ = ["Goal", "Remark", "Spoken", "StudentCounters"]
