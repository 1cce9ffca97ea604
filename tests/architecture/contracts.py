"""A contract of our own for import-linter: some modules of an app are imported by that app alone."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModulesContract(Contract):
    """Fails on a direct import of `zorgbalie.<app>.<private>` from outside the app.

    The tables are made known to Django by import from `config` alone; the first line of defence is the database.
    """

    modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each import into a private module."""
        found = []
        for module in sorted(graph.modules):
            parts = module.split(".")
            if len(parts) < 3 or parts[0] != "zorgbalie" or parts[2] not in self.modules:
                continue
            app = ".".join(parts[:2])
            for importer in sorted(graph.find_modules_that_directly_import(module)):
                if not importer.startswith(app + "."):
                    found.append(f"{importer} imports {module}")
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import."""
        for line in check.metadata["found"]:
            output.print_error(line)
