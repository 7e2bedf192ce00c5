from django.db import migrations, models

from search.full_text import sqlite


LONG = (
    "summary",
    "text",
    "title_tokens",
    "strong_tokens",
    "body_tokens",
    "title_words",
    "body_words",
)


def short_columns_first(apps, schema_editor):
    """Let SQLite read what it filters and counts by without walking through the texts of each row.

    A column that is added stands behind them. Making the table anew loses the triggers of the
    full text, as adding the columns did: they are made again.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    model = apps.get_model("search", "SearchEntry")
    fields = model._meta.local_fields
    fields.sort(key=lambda field: LONG.index(field.name) if field.name in LONG else -1)
    for place, field in enumerate(fields):  # by which a table is made
        field.creation_counter = place
    model._meta._expire_cache()
    schema_editor._remake_table(model)
    sqlite.install(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="area_ids",
            field=models.CharField(
                blank=True, default="", help_text="Split by a blank.", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("artikel", "Article"),
                    ("aanpak", "Intervention"),
                    ("hulp", "Help card"),
                    ("hulpwijzer", "Guide with questions"),
                    ("draaiboek", "Runbook"),
                    ("stap", "Step of a runbook"),
                    ("hulpblad", "Help sheet"),
                    ("training", "Training"),
                    ("nieuws", "News"),
                    ("agenda", "Event"),
                    ("begrip", "Word explained"),
                    ("organisatie", "Organisation"),
                    ("persoon", "Person"),
                    ("document", "Document"),
                    ("pagina", "Page"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(short_columns_first, migrations.RunPython.noop),
    ]
