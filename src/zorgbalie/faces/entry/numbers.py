"""Numbers in addresses: as large as the database can hold, so that a longer one is a plain 404 (security row 32)."""

from django.urls import register_converter


class NumberConverter:
    """`<number:patient_id>`: digits only, at most 18."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number in the address."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as an address has it."""
        return str(int(value))


def register() -> None:
    """Make `number` known to Django; called on import, once per process."""
    register_converter(NumberConverter, "number")


register()
