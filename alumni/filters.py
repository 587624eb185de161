"""The directory's form: what is searched for, and what narrows it."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from alumni.models import Consent
from alumni.searching.filters import Filters
from alumni.searching.search import BEST, NAME, YEAR, Wish

YEAR_WORDS = {
    "invalid": "Write the year with four digits, such as 1998.",
    "min_value": "Write the year with four digits, such as 1998.",
    "max_value": "Write the year with four digits, such as 1998.",
}
SORTS = [("", "Sort by what suits"), (BEST, "Best match first"), (NAME, "By name"),
         (YEAR, "Youngest class first")]  # fmt: skip
# Chosen among the values of a facet, and carried along out of sight.
FACETS = {"field": "Field", "major": "Major", "employer": "Employer", "place": "Place"}


class DirectoryForm(forms.Form):
    use_required_attribute = False
    q = forms.CharField(required=False, max_length=200)
    field = forms.CharField(label="Field of work", required=False, max_length=200)
    major = forms.CharField(label="Major", required=False, max_length=200)
    place = forms.CharField(label="Place", required=False, max_length=200)
    employer = forms.CharField(label="Employer", required=False, max_length=200)
    since = forms.IntegerField(
        label="Class year from",
        required=False,
        min_value=1800,
        max_value=2100,
        error_messages=YEAR_WORDS,
    )
    until = forms.IntegerField(
        label="Class year to",
        required=False,
        min_value=1800,
        max_value=2100,
        error_messages=YEAR_WORDS,
    )
    consent = forms.ChoiceField(
        label="Consent", required=False, choices=[("", "Everybody"), *Consent.choices]
    )
    sort = forms.ChoiceField(label="Sort", required=False, choices=SORTS)

    def __init__(self, *args, is_staff: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["consent"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def typed(self) -> list[forms.BoundField]:
        """The filters that are typed or chosen, and not a value of a facet."""
        return [self[name] for name in ("since", "until", "consent") if name in self.fields]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The values of facets in use, for the form to send along."""
        said = ((name, self[name].value() or "") for name in FACETS)
        return [(name, value) for name, value in said if value]

    @property
    def said(self) -> list[tuple[str, str]]:
        """All of it, for another form to send along."""
        return [(name, value) for name in self.fields if (value := self[name].value())]

    @property
    def in_use(self) -> list[tuple[str, str]]:
        """Each filter that is set, as (“major”, “Major: theater”)."""
        said = self.wish().filters.in_use()
        return [
            (name, f"{self[name].label}: {_shown(name, value)}") for name, value in said.items()
        ]

    def wish(self, *, after: str = "", before: str = "") -> Wish:
        said = getattr(self, "cleaned_data", {})
        filters = Filters(
            **{name: said.get(name) or "" for name in (*FACETS, "consent")},
            since=said.get("since"),
            until=said.get("until"),
        )
        return Wish(said.get("q", ""), filters, said.get("sort", ""), after, before)


def _shown(name: str, value: object) -> str:
    return Consent(str(value)).label if name == "consent" else str(value)
