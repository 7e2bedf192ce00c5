"""Full text beside the table of entries, in the way of the database in use.

The statements live in ``search.full_text`` because a later change of the table has to repeat
them: on SQLite such a change makes the table anew, without its triggers.
"""

from django.db import migrations

from search.full_text import postgresql, sqlite


def engine(schema_editor):
    return postgresql if schema_editor.connection.vendor == "postgresql" else sqlite


def install(apps, schema_editor):
    engine(schema_editor).install(schema_editor)


def remove(apps, schema_editor):
    engine(schema_editor).remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
