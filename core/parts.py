"""Two records of one person, part by part: what agrees, what must be chosen, what is left out."""

from __future__ import annotations

from dataclasses import dataclass

KEPT, MERGED, BOTH = "kept", "merged", "both"


@dataclass(frozen=True)
class Part:
    """One thing known of a person, as each of the two has it."""

    key: str
    label: str
    # The columns that it stands in, and their values on either side.
    names: tuple[str, ...]
    kept: tuple
    merged: tuple
    kept_text: str
    merged_text: str
    default: str
    # Both values as one, and how that is said; none where they cannot stand together.
    together: tuple = ()
    together_text: str = "Keep both"

    @property
    def is_open(self) -> bool:
        """Both know something, and not the same."""
        return bool(self.kept_text and self.merged_text) and self.kept != self.merged

    @property
    def settled_text(self) -> str:
        return self.kept_text or self.merged_text

    def choices(self) -> list[tuple[str, str]]:
        both = [(BOTH, self.together_text)] if self.together else []
        return [(KEPT, self.kept_text), (MERGED, self.merged_text), *both]

    def values(self, choice: str | None) -> tuple:
        """What the one record gets; what was tampered with is not chosen."""
        choice = choice if self.is_open and choice in dict(self.choices()) else self.default
        if choice == BOTH:
            return self.together
        return self.kept if choice == KEPT else self.merged

    def left_out(self, values: tuple) -> str:
        """What is known and not chosen, with its name: it is written beside (nothing is lost)."""
        if not self.is_open or values not in (self.kept, self.merged):
            return ""
        return f"{self.label}: {self.merged_text if values == self.kept else self.kept_text}"
