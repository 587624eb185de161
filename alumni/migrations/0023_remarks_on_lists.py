from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alumni", "0014_file_is_forgotten")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="remarks",
            field=models.JSONField(default=list),
        ),
    ]
