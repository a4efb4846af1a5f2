"""`wenban staff`: the accounts of the staff."""

from __future__ import annotations

import typer

from assistant.cli.options import command_group, settings_of

staff = command_group("Staff accounts.")


def _known_role(role: str) -> str:
    """Refuse an unknown role before the password is asked for."""
    from assistant.staff.accounts import UnknownRole, role_named

    try:
        return role_named(role).value
    except UnknownRole as error:
        raise typer.BadParameter(str(error)) from error


def _known_department(key: str | None) -> str | None:
    """Refuse an unknown department before the password is asked for."""
    from assistant.staff.accounts import UnknownDepartment, department_named

    try:
        return department_named(settings_of().data, key)
    except UnknownDepartment as error:
        raise typer.BadParameter(str(error)) from error


@staff.command("add")
def add_staff(
    name: str,
    role: str = typer.Option("clerk", help="clerk, supervisor, editor, approver or auditor.", callback=_known_role),
    display_name: str = typer.Option("", help="The name that citizens see."),
    department: str | None = typer.Option(
        None,
        help="A key of data/departments.yml, such as tax; without one a clerk is at the general window.",
        callback=_known_department,
    ),
    password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True),
) -> None:
    """Add a staff account; the password is asked for."""
    from assistant.staff.accounts import Accounts

    Accounts(settings_of()).add(name, password, role, display_name, department)
    typer.echo(f"Added {name} ({role}).")


@staff.command("list")
def list_staff() -> None:
    """List the staff accounts."""
    from assistant.staff.accounts import Accounts

    for account in Accounts(settings_of()).all():
        state = "" if account.enabled else "  disabled"
        department = f"  {account.department}" if account.department else ""
        typer.echo(f"{account.name}  {account.role.value}  {account.display_name}{department}{state}")


@staff.command("disable")
def disable_staff(name: str) -> None:
    """Forbid an account to sign in, and end its sessions."""
    from assistant.staff.accounts import Accounts

    Accounts(settings_of()).set_enabled(name, False)
    typer.echo(f"{name} can no longer sign in.")


@staff.command("enable")
def enable_staff(name: str) -> None:
    """Allow a disabled account to sign in again."""
    from assistant.staff.accounts import Accounts

    Accounts(settings_of()).set_enabled(name, True)
    typer.echo(f"{name} can sign in.")


@staff.command("department")
def change_department(
    name: str, department: str = typer.Argument("", help="A key of data/departments.yml; left out, none.")
) -> None:
    """Put an account into a department."""
    from assistant.staff.accounts import Accounts

    Accounts(settings_of()).set_department(name, department)
    typer.echo(f"{name} is in {department or 'no department'}.")


@staff.command("password")
def change_password(
    name: str, password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True)
) -> None:
    """Give an account a new password, which is asked for; this also unlocks it and ends its sessions."""
    from assistant.staff.accounts import Accounts

    Accounts(settings_of()).set_password(name, password)
    typer.echo(f"{name} has a new password.")
