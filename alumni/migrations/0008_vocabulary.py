"""The office's words, those it does not know yet, and how its lists were matched."""

import django.contrib.postgres.fields
import django.db.models.functions.text
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('alumni', '0007_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('columns', models.JSONField(default=dict)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('confirmed_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('majors', 'Majors'), ('fields_of_work', 'Fields of work'), ('employer', 'Employers')], max_length=14)),
                ('name', models.CharField(max_length=200)),
                ('spellings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('used_by', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('kind'), django.db.models.functions.text.Lower('name'), name='term_once', violation_error_message='This word is in the vocabulary already.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='term_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='UnknownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('majors', 'Majors'), ('fields_of_work', 'Fields of work'), ('employer', 'Employers')], max_length=14)),
                ('word', models.CharField(max_length=200)),
                ('count', models.PositiveIntegerField(default=0)),
                ('last_seen_at', models.DateTimeField()),
                ('is_dismissed', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_dismissed', False)), fields=['kind', '-count'], name='unknownword_open')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'word'), name='unknownword_once')],
            },
        ),
    ]
