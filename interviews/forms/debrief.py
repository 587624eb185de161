"""The write-up of a talk, in short sections; and what became of each piece of advice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils.text import slugify

from interviews.debriefing import Written
from interviews.forms.named import TOO_LONG, NamedForm
from interviews.forms.talks import DATE_WORDS, TalkForm
from interviews.models import Advice, Debrief, Interview, Topic

NEW_LINES = 3
DEGREES = [("1", "1, not at all"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, very much")]
ASKED = [("yes", "Yes"), ("no", "Not this time")]


MORE = (
    '<button type="submit" class="btn btn-small" name="more" value="{}">'
    "Save, and add more lines</button>"
)


def words(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=TOO_LONG,
    )


def degree(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=DEGREES,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a number from 1 to 5."},
    )


def line(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=1000, error_messages=TOO_LONG)


def section(title: str, *fields, lede: str = "", more: str = "") -> list:
    """With `more`, a button saves and comes back to this section, which has new lines then."""
    intro = f'<p class="muted">{lede}</p>' if lede else ""
    head = f'<section class="section" id="{more or slugify(title)}"><h2>{title}</h2>{intro}'
    after = MORE.format(more) if more else ""
    return [HTML(head), *fields, HTML(f"{after}</section>")]


NAMED = '{% include "interviews/_named.html" %}'


class DebriefForm(NamedForm):
    """Nothing is demanded: it is saved as it stands, and corrected for ever."""

    # On a phone every row is three boxes; a click brings more.
    most_names = 2
    enjoyed = words("What I enjoyed most", "One moment is enough. Your thank-you begins with it.")
    next_steps = words("What I will do next", "A call, a book, a course, and by when.")
    interest_before = degree("How much did this work draw me before?")
    interest_after = degree("And how much now?")
    decision = words("What this means for me", "Go on, look elsewhere, or ask one more person.")
    resume_feedback = words("What they said of my résumé", "Leave it empty if you did not show it.")
    asked_for_names = forms.ChoiceField(
        label="Did you ask whom else to meet?",
        required=False,
        choices=ASKED,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose yes or no."},
    )
    lead = words(
        "A lead or a recommendation that they offered", "Without being asked for it.", rows=2
    )

    def __init__(self, *args, so_far: Written, **kwargs):
        self.so_far = so_far
        super().__init__(*args, initial=initial(so_far), **kwargs)
        self.fields["permission"].help_text = "If they named somebody."
        asked, others = self._add_insights()
        advice, names = self._add_advice(), self.add_name_rows()
        self.helper.layout = Layout(
            *section("What stays with you", "enjoyed"),
            *section("What you learned", *asked, lede="One box a topic. Rough words will do."),
            *others,
            *section("Their advice", *advice, lede="One piece a line.", more="advice"),
            *section("What now?", "next_steps"),
            *section(
                "You and this field",
                InlineRadios("interest_before"),
                InlineRadios("interest_after"),
                "decision",
            ),
            *section(
                "Whom they named",
                HTML(NAMED),
                InlineRadios("asked_for_names"),
                *names,
                "permission",
                more="names",
            ),
            *section("What else they gave you", "resume_feedback", "lead"),
        )

    def _add_insights(self) -> tuple[list[str], list]:
        """The topics that came up stand open; the others are a click away."""
        asked: list[str] = []
        others: list[str] = []
        for box in self.so_far.boxes:
            label = "Questions of your own" if box.topic == Topic.OWN else str(box.topic.label)
            self.fields[box.name] = words(label)
            (asked if box.is_open else others).append(box.name)
        if not asked:
            return others, []
        # Sent back to its writer, the form hides nothing: something in it may need them.
        fold = f'<details class="accordion"{" open" if self.is_bound else ""}>'
        head = HTML(f"{fold}<summary>Other topics that came up</summary>")
        return asked, [head, *others, HTML("</details>")] if others else []

    def _add_advice(self) -> list[str]:
        names = []
        for number, advice in enumerate(self.so_far.advice, start=1):
            self.fields[f"advice_{advice.pk}"] = line(f"Advice {number}")
            names.append(f"advice_{advice.pk}")
        for number in range(1, NEW_LINES + 1):
            self.fields[f"new_advice_{number}"] = line(f"Advice {len(self.so_far.advice) + number}")
            names.append(f"new_advice_{number}")
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for advice in self._shown_advice:
            is_gone = cleaned.get(f"advice_{advice.pk}") == ""
            if is_gone and (advice.done_on or advice.note):
                self.add_error(
                    f"advice_{advice.pk}",
                    "You wrote down what became of this. Take that away first, under “Advice”.",
                )
        cleaned["asked_for_names"] = {"yes": True, "no": False}.get(
            cleaned.get("asked_for_names", "")
        )
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Nothing was written, and nothing was written before."""
        return not any(value for name, value in self.cleaned_data.items() if name != "permission")

    @property
    def fields_of_debrief(self) -> dict[str, Any]:
        names = (*TEXTS, "interest_after", "asked_for_names")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def insights(self) -> dict[Topic, str]:
        return {box.topic: self.cleaned_data[box.name] for box in self.so_far.boxes}

    @property
    def advice(self) -> dict[int, str]:
        """By the key of the row it was; the empty ones are to go."""
        return {
            one.pk: _in_a_line(self.cleaned_data[f"advice_{one.pk}"]) for one in self._shown_advice
        }

    @property
    def _shown_advice(self) -> list[Advice]:
        """A page opened before a line was written does not know of it, and does not empty it."""
        return [one for one in self.so_far.advice if f"advice_{one.pk}" in self.data]

    @property
    def new_advice(self) -> list[str]:
        lines = [self.cleaned_data[f"new_advice_{number}"] for number in range(1, NEW_LINES + 1)]
        return [_in_a_line(text) for text in lines if text]


TEXTS = ("enjoyed", "next_steps", "decision", "resume_feedback", "lead")


def initial(so_far: Written) -> dict[str, Any]:
    interview: Interview = so_far.interview
    debrief = so_far.debrief or Debrief()
    asked = {True: "yes", False: "no", None: ""}[debrief.asked_for_names]
    return {
        **{name: getattr(debrief, name) for name in TEXTS},
        **{box.name: box.text for box in so_far.boxes},
        **{f"advice_{one.pk}": one.text for one in so_far.advice},
        "interest_before": interview.interest_before,
        "interest_after": debrief.interest_after,
        "asked_for_names": asked,
    }


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


class AdviceForm(TalkForm):
    """Did it, or not yet, for each piece (G45)."""

    def __init__(self, *args, advice: Sequence[Advice], met_on: date, today: date, **kwargs):
        super().__init__(*args, initial=_became(advice), **kwargs)
        self.pieces, self.met_on, self.today = advice, met_on, today
        for one in advice:
            self.fields[f"did_{one.pk}"] = forms.BooleanField(label="I did it", required=False)
            self.fields[f"on_{one.pk}"] = forms.DateField(
                label="On which day",
                required=False,
                widget=forms.DateInput(attrs={"type": "date", "max": today.isoformat()}),
                help_text="Left empty: today.",
                error_messages=DATE_WORDS,
            )
            self.fields[f"note_{one.pk}"] = line("How it went, or what stands in the way")

    @property
    def rows(self) -> list[tuple[Advice, list[forms.BoundField]]]:
        """Each piece with its three fields, for the page."""
        parts = ("did", "on", "note")
        return [(one, [self[f"{part}_{one.pk}"] for part in parts]) for one in self.pieces]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.pieces:
            on = cleaned.get(f"on_{one.pk}")
            if cleaned.get(f"did_{one.pk}") and on and on > self.today:
                self.add_error(f"on_{one.pk}", "That day is still ahead. Write it down then.")
            elif cleaned.get(f"did_{one.pk}") and on and on < self.met_on:
                self.add_error(f"on_{one.pk}", "That is before you met. Check the day.")
        return cleaned

    @property
    def became(self) -> dict[int, tuple[date | None, str]]:
        """The day and the note by the key of the advice."""
        return {
            one.pk: (self._day(one), self.cleaned_data[f"note_{one.pk}"]) for one in self.pieces
        }

    def _day(self, one: Advice) -> date | None:
        if not self.cleaned_data[f"did_{one.pk}"]:
            return None
        return self.cleaned_data[f"on_{one.pk}"] or self.today


def _became(advice: Sequence[Advice]) -> dict[str, Any]:
    return {
        **{f"did_{one.pk}": one.done_on is not None for one in advice},
        **{f"on_{one.pk}": one.done_on for one in advice},
        **{f"note_{one.pk}": one.note for one in advice},
    }
