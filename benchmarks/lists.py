"""One directory as two files: a list as offices send it, and the same, clean, for COPY."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks.people import Person, people

HEADINGS = (
    "First Name", "Last Name", "Email", "Phone", "Class Year", "Majors", "Field of Work",
    "Employer", "Job Title", "City", "State", "Country", "ID", "Consent to contact",
)  # fmt: skip
CLEAN = (
    "name", "given_name", "family_name", "external_id", "email", "phone", "class_year", "majors",
    "fields_of_work", "employer", "job_title", "city", "region", "country", "note_to_students",
    "consent", "ask_by", "created_at", "updated_at",
)  # fmt: skip
STATES = {
    "Massachusetts": "MA", "New York": "NY", "Georgia": "GA", "Illinois": "IL", "Minnesota": "MN",
    "Colorado": "CO", "Arizona": "AZ", "Washington": "Wash.", "California": "Calif.",
    "Mahārāshtra": "Maharashtra",
}  # fmt: skip
SPELLINGS = {
    "Computer Science": "CS",
    "Political Science": "Poli Sci",
    "Environment": "Conservation",
}
COUNTRIES = {"United States": "USA", "United Kingdom": "UK"}
ANSWERS = {"YES": "Yes", "NO": "no", "UNKNOWN": ""}
# One row in so many is not plain, and goes through the exact reader.
ODD = 50


def write_lists(messy: Path, clean: Path, *, first: int, count: int, at: datetime) -> None:
    """In a process of its own, whose memory is not ours."""
    process = get_context("spawn").Process(target=_write, args=(messy, clean, first, count, at))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError("The lists could not be written.")


def _write(messy: Path, clean: Path, first: int, count: int, at: datetime) -> None:
    with messy.open("w", newline="") as as_sent, clean.open("w") as as_kept:
        writer = csv.writer(as_sent)
        writer.writerow(HEADINGS)
        for person in people(first, count):
            writer.writerow(_as_sent(person))
            as_kept.write(as_kept_line(person, at.isoformat()))


def _as_sent(person: Person) -> Iterable[object]:
    phone, number = person.local_phone, person.number
    email = person.email if number % 3 else person.email.title()
    return (
        person.given,
        person.family,
        f"mailto:{email}" if number % ODD == 0 else email,
        f"(413) {phone[:3]}-{phone[3:]}",
        person.class_year,
        "; ".join(SPELLINGS.get(major, major) for major in person.majors),
        SPELLINGS.get(person.field, person.field),
        person.employer,
        person.title,
        person.city,
        STATES.get(person.region, person.region),
        COUNTRIES.get(person.country, person.country),
        f"A{number:07}",
        ANSWERS[person.consent],
    )


def as_kept_line(person: Person, at: str) -> str:
    """For COPY, in the columns of CLEAN. No word here needs an escape."""
    values = (
        f"{person.given} {person.family}", person.given, person.family, f"A{person.number:07}",
        person.email, f"+1413{person.local_phone}", str(person.class_year), _array(person.majors),
        _array((person.field,)), person.employer, person.title, person.city, person.region,
        person.country, "", person.consent, "", at, at,
    )  # fmt: skip
    return "\t".join(values) + "\n"


def _array(words: Iterable[str]) -> str:
    return "{" + ",".join(f'"{word}"' for word in words) + "}"
