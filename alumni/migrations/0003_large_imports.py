# A list of a million rows does not fit into one value: its file is kept in parts of a megabyte.

import django.db.models.deletion
from django.db import migrations, models

IN_PARTS = """
INSERT INTO alumni_importpart (of_import_id, position, content)
SELECT id, n, substring(content FROM n * 1048576 + 1 FOR 1048576)
FROM alumni_import, generate_series(0, greatest(0, (octet_length(content) - 1) / 1048576)) n
"""


class Migration(migrations.Migration):

    dependencies = [("alumni", "0002_goodwill")]

    operations = [
        migrations.CreateModel(
            name="ImportPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("of_import", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="alumni.import")),
            ],
        ),
        migrations.AddConstraint(
            model_name="importpart",
            constraint=models.UniqueConstraint(fields=("of_import", "position"), name="importpart_once"),
        ),
        migrations.RunSQL(IN_PARTS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="import", name="content"),
        migrations.AddField("import", "corrections", models.JSONField(default=dict)),
        migrations.AddField("import", "preview", models.JSONField(default=dict)),
        migrations.AddField("import", "stop_wanted", models.BooleanField(default=False)),
        migrations.AddField("import", "backend_pid", models.IntegerField(blank=True, null=True)),
        migrations.AlterField(
            "import",
            "state",
            models.CharField(
                choices=[
                    ("UPLOADED", "Columns to be matched"),
                    ("CHECKING", "Being checked"),
                    ("CHECKED", "Checked, not imported yet"),
                    ("RUNNING", "Importing"),
                    ("DONE", "Imported"),
                    ("FAILED", "Stopped by an error"),
                    ("UNDONE", "Undone"),
                ],
                default="UPLOADED",
                max_length=10,
            ),
        ),
        migrations.AddField("importrow", "originals", models.JSONField(default=dict)),
        migrations.AddField("importrow", "name", models.CharField(blank=True, max_length=200)),
        migrations.AlterField(
            "importrow",
            "alum",
            models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="import_rows", to="alumni.alum"),
        ),
        migrations.AlterField(
            "importrow",
            "of_import",
            models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="alumni.import"),
        ),
    ]
