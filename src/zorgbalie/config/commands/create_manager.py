"""`zorgbalie create-manager`: let the first manager of a practice in, or back in. Runs as the owner of the database.

The one-time password is printed once, to the terminal of the operator, and kept nowhere.
"""

import argparse
import sys

from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import StaffRole, system_viewer

HELP = "Make a practice manager who can sign in, and the practice if needed."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which practice, and who."""
    practice = parser.add_mutually_exclusive_group()
    practice.add_argument("--practice-name", help="name of a new practice, which is made")
    practice.add_argument("--practice", type=int, metavar="ID", help="number of a practice that exists")
    parser.add_argument("--kind", choices=["gp", "pharmacy"], default="gp", help="kind of the new practice")
    parser.add_argument("--phone", default="", help="telephone number of the new practice")
    parser.add_argument("--email", required=True, help="address with which the manager signs in")
    parser.add_argument("--name", default="", help="name of the manager")
    parser.add_argument("--employee-id", default="beheer", help="the manager's own employee-ID (default: beheer)")
    parser.add_argument("--role", choices=[role.value for role in StaffRole], default=StaffRole.MANAGER.value)
    parser.add_argument(
        "--recover", action="store_true", help="new one-time password for somebody whom no manager can help"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make or recover; a refusal is one line on the screen and exit code 1."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(arguments.email)
    except ValidationError:
        return _refuse("This is not an e-mail address.")
    if not arguments.recover and not (arguments.name and (arguments.practice or arguments.practice_name)):
        return _refuse("Give --name, and --practice-name or --practice. Or --recover for somebody who exists.")
    try:
        return _recover(arguments) if arguments.recover else _create(arguments)
    except Refused as refusal:
        return _refuse(refusal.message)


def _create(arguments: argparse.Namespace) -> int:
    from zorgbalie.access.unit_of_work import unit_of_work
    from zorgbalie.office.actions import operator
    from zorgbalie.office.types import PracticeKind

    viewer, now = system_viewer(task="create-manager"), current_moment()
    wanted = operator.ManagerWanted(
        email=arguments.email,
        name=arguments.name,
        employee_code=arguments.employee_id,
        role=StaffRole(arguments.role),
    )
    with unit_of_work(viewer):
        practice_id = PracticeId(arguments.practice or 0) or operator.create_practice(
            viewer=viewer, name=arguments.practice_name, kind=PracticeKind(arguments.kind), phone=arguments.phone
        )
        made = operator.create_manager(viewer=viewer, practice_id=practice_id, wanted=wanted, now=now)
    print(f"Practice {practice_id}: {arguments.name} can manage it, signing in as {arguments.email.lower()}.")
    _print_password(made.one_time_password)
    return 0


def _recover(arguments: argparse.Namespace) -> int:
    from zorgbalie.access.unit_of_work import unit_of_work
    from zorgbalie.office.actions import operator

    viewer = system_viewer(task="create-manager")
    with unit_of_work(viewer):
        password = operator.recover_sign_in(viewer=viewer, email=arguments.email, now=current_moment())
    print(f"{arguments.email.lower()} signs in anew; second factor and open sessions are gone.")
    _print_password(password)
    return 0


def _print_password(password: str | None) -> None:
    if password is None:
        print("This person could sign in already: same password, same second factor.")
        return
    print(f"One-time password: {password}")
    print("It is shown only now. At the first sign-in a password of one's own and a second factor are set up.")


def _refuse(message: str) -> int:
    print(f"Refused: {message}", file=sys.stderr)
    return 1
