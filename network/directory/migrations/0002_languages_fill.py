"""The languages that people in the Netherlands are most often helped in."""

from django.db import migrations

LANGUAGES = {
    "nl": "Nederlands",
    "en": "Engels",
    "ar": "Arabisch",
    "ber": "Tamazight",
    "tr": "Turks",
    "ku": "Koerdisch",
    "fa": "Farsi en Dari",
    "ti": "Tigrinya",
    "so": "Somalisch",
    "pl": "Pools",
    "uk": "Oekraïens",
    "ru": "Russisch",
    "fr": "Frans",
    "es": "Spaans",
    "pap": "Papiaments",
    "srn": "Sranantongo",
    "zh": "Chinees",
    "ngt": "Nederlandse Gebarentaal",
}


def fill(apps, schema_editor):
    languages = apps.get_model("network_directory", "Language").objects
    for code, name in LANGUAGES.items():
        languages.get_or_create(code=code, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [("network_directory", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
