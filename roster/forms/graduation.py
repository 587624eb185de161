"""What a graduate agrees to: their record as students would read it, and their terms."""

from __future__ import annotations

from typing import Any

from alumni.forms.desk import RecordForm

RECORD = (
    "name", "email", "phone", "class_year", "majors", "fields_of_work", "job_title", "employer",
    "city", "region", "country", "note_to_students",
)  # fmt: skip


class GraduateRecordForm(RecordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - set(RECORD):
            del self.fields[name]
        self.fields["email"].required = True
        self.fields["email"].help_text = "One that you keep. Requests come here."
        self.fields["email"].error_messages["required"] = "Write where requests reach you."

    def _post_clean(self) -> None:
        """What is unique is asked by the action, under its lock; the instance stays as it was."""

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RECORD}
