from advising.models.counters import StudentCounters
from advising.models.remark import Remark
from advising.models.spoken import Spoken

__all__ = ["Remark", "Spoken", "StudentCounters"]
