from reports.actions.refreshing import alumni_of, keep_fresh, refresh, sheet_of
from reports.actions.taking import take_alumni, take_csv, take_pack

__all__ = ["alumni_of", "keep_fresh", "refresh", "sheet_of", "take_alumni", "take_csv", "take_pack"]
