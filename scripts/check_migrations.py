"""Exit code 1 when a model changed without a migration. Needs no database: states are compared, not tables."""

import sys

import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation


def main() -> int:
    """Compare the models with the migrations of our own apps."""
    django.setup()
    translation.deactivate_all()  # names of fields in the source language of the libraries, as makemigrations does
    loader = MigrationLoader(None)
    conflicts = loader.detect_conflicts()
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("zorgbalie")}
    detector = MigrationAutodetector(
        loader.project_state(),
        ProjectState.from_apps(apps),
        NonInteractiveMigrationQuestioner(specified_apps=own, dry_run=True),
    )
    changes = detector.changes(graph=loader.graph, trim_to_apps=own, convert_apps=own)
    for app, migrations in changes.items():
        for operation in migrations[0].operations:
            print(f"{app}: {operation.describe()}")
    for app, names in conflicts.items():
        print(f"{app}: more than one last migration: {', '.join(names)}")
    return int(bool(changes or conflicts))


if __name__ == "__main__":
    sys.exit(main())
