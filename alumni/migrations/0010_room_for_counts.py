# A million rows come at once, and each index that nobody needs would cost them a second.

import django.db.models.deletion
from django.db import migrations, models

# A page keeps room for the same words with new counts: otherwise each import would put all keys of
# all its words into their index anew.
ROOM = "ALTER TABLE alumni_searchterm SET (fillfactor = 50)"
NO_ROOM = "ALTER TABLE alumni_searchterm RESET (fillfactor)"


class Migration(migrations.Migration):

    dependencies = [("alumni", "0009_first_words")]

    operations = [
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.AlterField(
            "importrow",
            "of_import",
            models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="alumni.import"),
        ),
    ]
