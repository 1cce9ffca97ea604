"""The two sites that every practice begins with, found by searching. Data only: a practice can switch them off."""

from django.db import migrations

# name, kind, who makes it, address, place
SOURCES = (
    (
        "thuisarts.nl", "condition", "Gemaakt door Nederlandse huisartsen.",
        "https://www.thuisarts.nl/zoeken?query={term}", 1,
    ),
    (
        "thuisarts.nl", "result", "Gemaakt door Nederlandse huisartsen.",
        "https://www.thuisarts.nl/zoeken?query={term}", 1,
    ),
    (
        "apotheek.nl", "medicine", "Gemaakt door de apothekers van Nederland.",
        "https://www.apotheek.nl/zoeken?q={term}", 1,
    ),
)  # fmt: skip


def fill(apps, schema_editor):
    """Add what is missing."""
    source_model = apps.get_model("knowledge", "KnowledgeSource")
    source_model.objects.bulk_create(
        [
            source_model(practice=None, name=name, kind=kind, about=about, template=template, place=place)
            for name, kind, about, template, place in SOURCES
        ],
        ignore_conflicts=True,
    )


def empty(apps, schema_editor):
    """Take the same sites away."""
    templates = [template for *_, template, _place in SOURCES]
    apps.get_model("knowledge", "KnowledgeSource").objects.filter(
        practice__isnull=True, template__in=templates
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]
    operations = [migrations.RunPython(fill, empty)]
