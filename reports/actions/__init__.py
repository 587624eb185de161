from reports.actions.refreshing import NotCounted, alumni_of, keep_fresh, sheet_of
from reports.actions.taking import take_alumni, take_csv, take_pack

__all__ = [
    "NotCounted", "alumni_of", "keep_fresh", "sheet_of", "take_alumni", "take_csv", "take_pack",
]  # fmt: skip
