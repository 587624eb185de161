from __future__ import annotations

from django import forms
from django.http import HttpRequest, QueryDict

from core.parts import Part


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is an answer, and gets its errors."""
    return request.POST if request.method == "POST" else None


class MergeForm(forms.Form):
    """A choice for each part on which both know something else; with none, nothing is asked."""

    use_required_attribute = False

    def __init__(self, *args, parts: list[Part], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            if part.is_open:
                self.fields[part.key] = forms.ChoiceField(
                    label=part.label,
                    choices=part.choices(),
                    initial=part.default,
                    widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                    error_messages={
                        "required": f"Choose one for “{part.label}”.",
                        "invalid_choice": f"Choose one of these for “{part.label}”.",
                    },
                )
