"""The questions that a new college starts with. Going back takes those that nobody reworded."""

import tomllib
from pathlib import Path

from django.db import migrations

FIRST = Path(__file__).with_name("first_questions.toml")


def first_questions():
    topics = tomllib.loads(FIRST.read_text(encoding="utf-8"))
    return [
        {"topic": topic, "place": place, **question}
        for topic, questions in topics.items()
        for place, question in enumerate(questions, start=1)
    ]


def add(apps, schema_editor):
    question_model = apps.get_model("interviews", "Question")
    # A question that the office wrote before keeps its place and its reason.
    question_model.objects.bulk_create(
        [question_model(**fields) for fields in first_questions()], ignore_conflicts=True
    )


def take_away(apps, schema_editor):
    texts = [fields["text"] for fields in first_questions()]
    apps.get_model("interviews", "Question").objects.filter(text__in=texts).delete()


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_preparation_and_debrief")]

    operations = [migrations.RunPython(add, take_away)]
