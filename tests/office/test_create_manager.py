"""The command that lets the first manager in: what it makes, what it refuses, what it prints."""

import pytest
from django.contrib.auth.hashers import check_password

from tests.faces.entry_desk.staff import has_app, make_staff
from tests.factories import world
from zorgbalie.config.cli import main
from zorgbalie.practice.models import Employee, Practice

pytestmark = pytest.mark.django_db
WHO = ["--email", "Manager@praktijk.example", "--name", "M. Manager"]


def _run(*arguments):
    return main(["create-manager", *arguments])


def _printed_password(capsys) -> str:
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("One-time password: ")]
    return line.removeprefix("One-time password: ")


def test_makes_practice_and_manager_and_prints_the_password_once(capsys):
    assert _run("--practice-name", "De Nieuwe", "--kind", "pharmacy", *WHO) == 0
    employee = Employee.objects.select_related("user", "practice").get(practice__name="De Nieuwe")
    assert (employee.practice.kind, employee.role) == ("pharmacy", "manager")
    assert employee.rights == ["manage_practice", "read_access_log"]
    assert employee.practice.online_access_since is None
    assert check_password(_printed_password(capsys), employee.user.password)
    assert employee.user.must_change_password
    assert employee.user.one_time_until is not None


def test_adds_a_manager_to_a_practice_that_exists(capsys):
    practice = world.make_practice()
    assert _run("--practice", str(practice.pk), *WHO) == 0
    assert Employee.objects.filter(practice=practice, user__email="manager@praktijk.example").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--practice-name", "De Linde", *WHO], "bestaat al"),
        (["--practice", "999999999", *WHO], "geen praktijk met dit nummer"),
        (["--practice-name", "X", "--email", "geen-adres", "--name", "x"], "not an e-mail address"),
        (["--email", "a@b.example"], "Give --name"),
        (["--practice-name", "Y", "--role", "pharmacist", *WHO], "bestaat niet"),
        (["--recover", "--email", "niemand@praktijk.example"], "Niemand logt in"),
    ],
)
def test_refuses_with_one_clear_line_and_makes_nothing(capsys, arguments, sentence):
    world.make_practice(name="De Linde")
    before = (Practice.objects.count(), Employee.objects.count())
    assert _run(*arguments) == 1
    out = capsys.readouterr()
    assert sentence in out.err
    assert out.out == ""
    assert (Practice.objects.count(), Employee.objects.count()) == before


def test_refuses_somebody_who_is_employed_there_already(capsys):
    practice = world.make_practice()
    assert _run("--practice", str(practice.pk), *WHO) == 0
    assert _run("--practice", str(practice.pk), *WHO) == 1
    assert "staat al in uw lijst" in capsys.readouterr().err


def test_recovers_somebody_whom_no_manager_can_help(capsys):
    employee = make_staff()
    assert _run("--recover", "--email", employee.user.email) == 0
    employee.user.refresh_from_db()
    assert check_password(_printed_password(capsys), employee.user.password)
    assert employee.user.must_change_password
    assert employee.user.one_time_until is not None
    assert not has_app(employee)
