"""A phone that somebody types is kept as a list would bring it: the same list changes nothing."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from alumni.forms.desk import RecordForm
from alumni.forms.directory import AlumForm
from alumni.models import Alum
from careerhub.demo.alumni import make_alumni
from tests.factories import AlumFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form_class", [AlumForm, RecordForm])
@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("(413) 545-0123", "", "+14135450123"), ("413.545.0123 ext. 7", "", "+14135450123 x7"),
        ("020 7946 0018", "United Kingdom", "+442079460018"),
        ("(413) 545-0123", "Germany", "+14135450123"), ("555-0100", "", "555-0100"),
        ("ask the office", "", "ask the office"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_typed_phone_is_kept_as_it_is_dialed(form_class, typed, country, kept):
    said = {"name": "Ann Lee", "phone": typed, "country": country, "consent": "YES"}
    form = form_class(said, instance=AlumFactory())
    form.is_valid()

    assert form.cleaned_data["phone"] == kept


def test_a_phone_that_nobody_touched_stays():
    said = {"name": "Ann Lee", "phone": "413 545 0123", "employer": "IBM", "consent": "YES"}
    form = AlumForm(said, instance=AlumFactory(phone="413 545 0123"))
    form.is_valid()

    assert form.cleaned_data["phone"] == "413 545 0123"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_demos_directory_comes_back_unchanged(tmp_path, capsys, kind):
    make_alumni(400, seed=7, today=date(2026, 11, 2))
    path = tmp_path / f"alumni.{kind}"
    call_command("export_alumni", str(path))
    capsys.readouterr()

    call_command("import_alumni", str(path), "--json")
    result = json.loads(capsys.readouterr().out)

    assert (result["unchanged"], result["updated"], result["created"]) == (400, 0, 0)
    assert (result["rejected"], result["errors"]) == (0, [])
    assert Alum.objects.exclude(phone="").count() > 100
