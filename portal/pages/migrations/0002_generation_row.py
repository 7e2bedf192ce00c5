"""The one row that holds the number of what is published now."""

from django.db import migrations


def make_row(apps, schema_editor):
    apps.get_model("pages", "ContentGeneration").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]
    operations = [migrations.RunPython(make_row, migrations.RunPython.noop)]
