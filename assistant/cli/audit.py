"""`wenban audit`: the audit trail, as the operator checks it."""

from __future__ import annotations

import typer

from assistant.cli.options import command_group, settings_of

audit = command_group("The audit trail.")


@audit.callback()
def group() -> None:
    """Keep the commands a group, with one command in it too."""


@audit.command()
def verify() -> None:
    """Check the whole trail and its anchor; print every place where it does not hold, and exit 1 if there is any."""
    from assistant.progress import progress
    from assistant.staff.accounts import ACTOR, open_audit, open_database

    settings = settings_of()
    trail = open_audit(settings, open_database(settings))
    check = trail.check()
    with progress("Checking the audit trail") as report:
        while not check.is_done:
            check.step()
            report(f"entry {check.done} of {check.length}", check.done / check.length)
    faults = check.finish()
    trail.append(ACTOR, "verify-audit", "trail", {"entries": check.length, "faults": len(faults)})
    for fault in faults:
        typer.echo(fault.reason)
    if faults:
        raise typer.Exit(1)
    since = f", anchored since entry {check.anchored.since}" if check.anchored else ""
    typer.echo(f"The trail of {check.length} entries holds{since}.")
