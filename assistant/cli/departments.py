"""`wenban departments`: the applications on their way to departments' systems."""

from __future__ import annotations

import typer

from assistant.cli.options import command_group, settings_of

departments = command_group("Applications that are handed to departments' systems.")


@departments.command("list")
def list_handovers() -> None:
    """Print how many applications are where, and those that a person should look at; 1 if there are any."""
    from assistant.staff.accounts import open_database
    from storage.outbox import Outbox

    outbox = Outbox(open_database(settings_of()))
    for (connector, state), number in sorted(outbox.counts().items()):
        typer.echo(f"{number:6}  {connector}  {state.value}")
    troubled = outbox.troubled()
    for one in troubled:
        since = f"{one.failing_since:%Y-%m-%d %H:%M} UTC" if one.failing_since else ""
        typer.secho(f"{one.receipt_number}  {one.connector}  {one.last_failure}  since {since}", fg="red")
    if troubled:
        raise typer.Exit(1)


@departments.command("retry")
def retry_handover(receipt_number: str) -> None:
    """Try an application again at once that fails or was rejected, after its cause is mended."""
    from assistant.staff.accounts import ACTOR, open_audit, open_database
    from storage.outbox import Outbox

    settings = settings_of()
    database = open_database(settings)
    with database.together():
        if not Outbox(database).retry(receipt_number):
            typer.echo(f"{receipt_number} neither fails nor was rejected.", err=True)
            raise typer.Exit(1)
        open_audit(settings, database).append(ACTOR, "retry-handover", receipt_number)
    typer.echo(f"{receipt_number} is tried again.")
