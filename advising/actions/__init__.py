"""What an advisor does for a student; each returns what the page then says."""

from advising.actions.speaking import speak, take_back

__all__ = ["speak", "take_back"]
