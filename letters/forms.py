"""What the builder and its pages ask. Which words a letter needs is for the checks to say."""

from __future__ import annotations

from datetime import date

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.text import Truncator

from contacts.models import Interaction
from letters.actions import Words
from letters.blocks import BLOCKS
from letters.models import Letter, LetterReview
from letters.openings import objective
from letters.passages import parts_of

DAY_INVALID = "Write the day as year, month and day, such as 2027-03-09."
LONGEST_BLOCK = 5000
# What an entry of the log takes.
LONGEST_LETTER = 19_000
BY_HAND = [Interaction.Channel.EMAIL, Interaction.Channel.LETTER, Interaction.Channel.LINKEDIN]


class BuilderForm(forms.Form):
    """One field for each block of the letter's kind. Nothing is required: a draft is a draft."""

    use_required_attribute = False
    subject = forms.CharField(
        label="Subject",
        max_length=200,
        required=False,
        error_messages={"max_length": "Keep the subject under 200 characters."},
    )
    objective = forms.ChoiceField(
        label="What are you after?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Something else, in my own words"), *Letter.Objective.choices],
        error_messages={"invalid_choice": "Choose one of the ways to say what you are after."},
    )
    call_on = forms.DateField(
        label="I will call on",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": DAY_INVALID},
        help_text="You will be reminded that morning, once the letter is on its way.",
    )
    with_resume = forms.BooleanField(label="My résumé goes with it", required=False)

    def __init__(self, data=None, *, letter: Letter, today: date):
        first = {
            "subject": letter.subject,
            "objective": letter.objective,
            "call_on": letter.call_on,
            "with_resume": letter.with_resume,
            **{f"block_{block.name}": letter.blocks.get(block.name, "") for block in _of(letter)},
        }
        super().__init__(data, initial=first)
        self.letter, self.today = letter, today
        if letter.kind != Letter.Kind.REQUEST:
            for name in ("objective", "call_on", "with_resume"):
                del self.fields[name]
        for block in _of(letter):
            self.fields[f"block_{block.name}"] = _words(block)

    def clean_call_on(self) -> date | None:
        """A day that has passed since stops nobody from writing; sending asks again."""
        call_on = self.cleaned_data["call_on"]
        if call_on and call_on != self.letter.call_on and call_on < self.today:
            raise forms.ValidationError("That day has passed. Choose one that is ahead.")
        return call_on

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        written = sum(len(words) for name, words in cleaned.items() if name.startswith("block_"))
        if written > LONGEST_LETTER:
            raise forms.ValidationError("That is too long for a letter. Take the half of it away.")
        return cleaned

    @property
    def blocks(self) -> list:
        """Each block with the field that holds its words."""
        return [(block, self[f"block_{block.name}"]) for block in _of(self.letter)]

    @property
    def ways(self) -> list:
        """Each way to say what one is after, with the sentence that it begins."""
        field = self.letter.contact.field
        if "objective" not in self.fields:
            return []
        return [(radio, objective(radio.data["value"], field=field)) for radio in self["objective"]]

    @property
    def words(self) -> Words:
        """What a request leaves out stays as it is; of a tick, only a whole form knows."""
        is_whole = "subject" in self.data
        return Words(
            subject=self._said("subject"),
            blocks={
                block.name: self.cleaned_data[f"block_{block.name}"]
                for block in _of(self.letter)
                if f"block_{block.name}" in self.data
            },
            objective=self._said("objective"),
            call_on=self._said("call_on"),
            with_resume=self.cleaned_data.get("with_resume", False)
            if is_whole
            else self.letter.with_resume,
        )

    def _said(self, name: str):
        return self.cleaned_data[name] if name in self.data else getattr(self.letter, name)


def words_of(letter: Letter, **changes) -> Words:
    """The letter as it stands, but for `changes`."""
    fields = ("subject", "blocks", "objective", "call_on", "with_resume")
    return Words(**{**{name: getattr(letter, name) for name in fields}, **changes})


def _of(letter: Letter):
    return BLOCKS[letter.kind]


def _words(block) -> forms.CharField:
    attributes = {
        "rows": block.rows, "spellcheck": "true", "lang": "en", "autocapitalize": "sentences",
    }  # fmt: skip
    return forms.CharField(
        label=block.title,
        help_text=block.hint,
        required=False,
        max_length=LONGEST_BLOCK,
        widget=forms.Textarea(attrs=attributes),
        error_messages={"max_length": "That is too long for one part of a letter. Shorten it."},
    )


class PlainForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SentForm(PlainForm):
    on = forms.DateField(
        label="Day it went out",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Write down the day.", "invalid": DAY_INVALID},
    )
    channel = forms.ChoiceField(
        label="How it went out",
        choices=[(channel.value, channel.label) for channel in BY_HAND],
        error_messages={"invalid_choice": "Choose one of the three."},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()


class AskReviewForm(PlainForm):
    question = forms.CharField(
        label="What would you like to know?",
        help_text="You may leave this empty.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Keep it under 1,000 characters."},
    )


class PassageForm(PlainForm):
    """The words are marked in the letter, or chosen from the list of its sentences."""

    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    part = forms.TypedChoiceField(
        label="Which words do you mean?",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a sentence of this letter."},
    )
    comment = forms.CharField(
        label="What you would say about them",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what you think of these words.",
            "max_length": "Keep it under 2,000 characters.",
        },
    )

    def __init__(self, *args, text: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts_of(text)
        choices = [
            (number, f"{number + 1}. {Truncator(words).chars(90)}")
            for number, (_, _, words) in enumerate(self.parts)
        ]
        self.fields["part"].choices = [("", "Choose a sentence"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        """A selection is exact, so that it goes first."""
        cleaned = super().clean() or {}
        start, end, part = (cleaned.get(name) for name in ("start", "end", "part"))
        if start is None or end is None:
            if part is None and "part" not in self.errors:
                self.add_error("part", "Mark the words in the letter, or choose a sentence.")
            elif part is not None:
                start, end, _ = self.parts[part]
        return {**cleaned, "start": start, "end": end}


class AnswerForm(PlainForm):
    comment = forms.CharField(
        label="What you would say to them",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "Keep it under 5,000 characters."},
    )
    verdict = forms.ChoiceField(
        choices=LetterReview.Verdict.choices,
        error_messages={
            "required": "Choose one of the two buttons.",
            "invalid_choice": "Choose one of the two buttons.",
        },
    )

    def __init__(self, *args, has_passages: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.has_passages = has_passages

    def clean(self):
        cleaned = super().clean()
        is_said = cleaned.get("comment") or self.has_passages
        if cleaned.get("verdict") == LetterReview.Verdict.CHANGES and not is_said:
            self.add_error("comment", "Say what you would change.")
        return cleaned
