"""What the directory's form asks for, as a query."""

from __future__ import annotations

import re
import unicodedata

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import IContains

from alumni.models import AlumQuerySet, Consent

YEAR_WORDS = {
    "invalid": "Write the year with four digits, such as 1998.",
    "min_value": "Write the year with four digits, such as 1998.",
    "max_value": "Write the year with four digits, such as 1998.",
}
# Half of a name's letter triples; less finds everybody, more misses two slips in one word.
CLOSE_ENOUGH = 0.5


class DirectoryForm(forms.Form):
    use_required_attribute = False
    q = forms.CharField(required=False, max_length=200)
    field = forms.CharField(label="Field of work", required=False, max_length=200)
    major = forms.CharField(label="Major", required=False, max_length=200)
    place = forms.CharField(label="City, state or country", required=False, max_length=200)
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

    def __init__(self, *args, is_staff: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["consent"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "q"]

    @property
    def in_use(self) -> list[str]:
        """The filters that are set, as “Major: theater”."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "q" and value}
        return [f"{self[name].label}: {self._shown(name, value)}" for name, value in said.items()]

    def _shown(self, name: str, value: object) -> str:
        return Consent(str(value)).label if name == "consent" else str(value)

    def narrow(self, people: AlumQuerySet) -> AlumQuerySet:
        """By every filter but the search box."""
        wanted = self.cleaned_data
        if wanted.get("field"):
            people = people.filter(_one_says("fields_of_work", wanted["field"]))
        if wanted.get("major"):
            people = people.filter(_one_says("majors", wanted["major"]))
        if wanted.get("place"):
            place = wanted["place"]
            people = people.filter(
                Q(city__unaccent__icontains=place)
                | Q(region__unaccent__icontains=place)
                | Q(country__unaccent__icontains=place)
            )
        if wanted.get("employer"):
            people = people.filter(employer__unaccent__icontains=wanted["employer"])
        if wanted.get("since"):
            people = people.filter(class_year__gte=wanted["since"])
        if wanted.get("until"):
            people = people.filter(class_year__lte=wanted["until"])
        if wanted.get("consent"):
            people = people.filter(consent=wanted["consent"])
        return people


class Begins(SearchQuery):
    """A tsquery for what begins with a word, its accents folded as in the search document.

    Quoted after the folding, which writes “½” as “1/2”, “⑴” as “(1)” and “ŉ” as “'n”: signs that
    a bare tsquery would stumble over.
    """

    def __init__(self, word: str) -> None:
        super().__init__(word, config="simple", search_type="raw")

    def as_sql(self, compiler, connection, function=None, template=None):
        sql, params = super().as_sql(compiler, connection, function, template)
        return sql.replace("%s)", "quote_literal(unaccent(%s)) || ':*')"), params


def search(people: AlumQuerySet, words: str) -> AlumQuerySet:
    """Every word begins a word of the name, the work, the studies, the place or the year."""
    for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", words)):
        people = people.filter(search=Begins(word))
    return people


def similar(people: AlumQuerySet, words: str) -> AlumQuerySet:
    """For a search that found nobody: names that sound much like it, the closest first."""
    likeness = TrigramWordSimilarity(words, "name")
    return people.annotate(likeness=likeness).filter(likeness__gt=CLOSE_ENOUGH)


def _one_says(column: str, words: str) -> IContains:
    """One of the list in `column` contains the words, whatever their accents and case."""
    listed = Func(F(column), Value(" · "), function="array_to_string")
    return IContains(
        Func(listed, function="unaccent", output_field=TextField()),
        Func(Value(words), function="unaccent", output_field=TextField()),
    )
