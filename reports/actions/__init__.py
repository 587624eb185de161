from reports.actions.refreshing import goodwill_sheet, refresh, sheet_of
from reports.actions.taking import take_csv, take_pack

__all__ = ["goodwill_sheet", "refresh", "sheet_of", "take_csv", "take_pack"]
