from django.db import migrations, models
from django.db.models.functions import Collate

# unaccent() alone is not IMMUTABLE, because its dictionary may be changed; ours is not.
FOLDED = """
CREATE FUNCTION alum_folded(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent', name))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("alumni", "0012_post_at_a_glance")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION alum_folded"),
        migrations.AddIndex(
            "alum",
            models.Index(
                Collate(
                    models.Func(
                        models.F("family_name"),
                        function="alum_folded",
                        output_field=models.TextField(),
                    ),
                    "C",
                ),
                Collate("given_name", "C"),
                "id",
                name="alum_by_family_name",
            ),
        ),
    ]
