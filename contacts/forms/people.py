"""What a student writes down about a person."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from accounts.forms import time_zones
from contacts.models import Contact


def zones_or_mine() -> list:
    return [("", "The same as mine"), *time_zones()]


class ContactForm(forms.ModelForm):
    use_required_attribute = False
    time_zone = forms.ChoiceField(label="Their time zone", required=False, choices=zones_or_mine)
    website = forms.URLField(
        label="Web page or LinkedIn",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Write the address like https://example.org."},
    )

    class Meta:
        model = Contact
        fields = [
            "name", "job_title", "employer", "field", "source", "source_note", "referred_by",
            "name_permission", "email", "phone", "address", "website", "time_zone",
            "other_details", "why",
        ]  # fmt: skip
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "other_details": forms.Textarea(attrs={"rows": 3}),
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "job_title": "For example, features editor.",
            "source_note": "You will say this in your first sentence to them.",
            "other_details": "A second number, a birthday: what has no field of its own.",
            "why": "For your eyes only. It helps when you introduce yourself.",
        }
        error_messages = {
            "name": {"required": "Write the person’s name. A first name is enough for now."},
            "email": {"invalid": "Write the e-mail like name@example.org."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Contact.objects.of(self.instance.student).exclude(pk=self.instance.pk).by_name()
        self.fields["referred_by"].queryset = others
        self.fields["referred_by"].label = "Who gave me the name"
        self.fields["referred_by"].empty_label = "Nobody on my list"
        self.fields["source"].choices = [("", "Not written down yet"), *Contact.Source.choices]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "name",
            Row(Column("job_title"), Column("employer")),
            "field",
            Fieldset(
                "Where the name came from",
                Row(Column("source"), Column("source_note")),
                Row(Column("referred_by"), Column("name_permission")),
            ),
            Fieldset(
                "How to reach them",
                Row(Column("email"), Column("phone")),
                "address",
                "website",
                "time_zone",
            ),
            "other_details",
            "why",
        )
