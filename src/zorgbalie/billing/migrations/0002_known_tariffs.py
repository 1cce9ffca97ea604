"""The public maximum amounts that were found, of 2022, 2023 and 2025 (billing/data/tariffs.csv). Data only."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations

_FILE = Path(__file__).resolve().parents[1] / "data" / "tariffs.csv"


def _lines():
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fill(apps, schema_editor):
    """Add what is missing; what an operator loaded stays."""
    tariff_model = apps.get_model("billing", "BillingTariff")
    tariff_model.objects.bulk_create(
        [
            tariff_model(
                practice=None,
                code=line["code"],
                description=line["omschrijving"],
                minutes_from=int(line["minuten_van"]),
                minutes_to=int(line["minuten_tot"]) if line["minuten_tot"] else None,
                amount_cents=int(line["bedrag_cent"]),
                valid_from=date.fromisoformat(line["geldig_vanaf"]),
                valid_until=date.fromisoformat(line["geldig_tot"]),
                source=line["bron"],
            )
            for line in _lines()
        ],
        ignore_conflicts=True,
    )


def empty(apps, schema_editor):
    """Take the same lines away."""
    tariff_model = apps.get_model("billing", "BillingTariff")
    for line in _lines():
        tariff_model.objects.filter(
            practice__isnull=True, code=line["code"], valid_from=line["geldig_vanaf"], source=line["bron"]
        ).delete()


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_billing")]
    operations = [migrations.RunPython(fill, empty)]
