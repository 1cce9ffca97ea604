"""The console script `zorgbalie`: one sub-command per file of `config.commands`.

Each command module has `HELP`, `SETTINGS` (the settings module it needs, None for none), `add_arguments(parser)` and
`run(arguments) -> int` (exit code).
"""

import argparse
import os
import sys
from types import ModuleType

from zorgbalie.config.commands import (
    create_manager,
    demo,
    import_dossier,
    import_lab,
    import_links,
    import_tariffs,
    migrate,
    seed,
    serve,
    verify_log,
    worker,
)

COMMANDS: dict[str, ModuleType] = {
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "seed": seed,
    "import-dossier": import_dossier,
    "import-lab": import_lab,
    "import-links": import_links,
    "import-tariffs": import_tariffs,
    "verify-log": verify_log,
    "create-manager": create_manager,
    "demo": demo,
}


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, choose the settings, run the command."""
    parser = argparse.ArgumentParser(prog="zorgbalie", description="Patient portal and desk for Dutch practices.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        module.add_arguments(subparsers.add_parser(name, help=module.HELP, description=module.HELP))
    arguments = parser.parse_args(argv)
    module = COMMANDS[arguments.command]
    settings = module.SETTINGS(arguments) if callable(module.SETTINGS) else module.SETTINGS
    if settings:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
        import django

        django.setup()
    return int(module.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
