"""`wenban citizens` and `wenban storage`: delete what is kept of a citizen, or longer than it may be."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from assistant.cli.options import command_group, settings_of

citizens = command_group("What is kept of citizens.")
storage = command_group("The databases.")


@citizens.command("delete")
def delete_citizen(
    id_number: bool = typer.Option(False, "--id-number", help="One person; the ID number is asked for."),
    conversation: str | None = typer.Option(None, help="One conversation, by its id."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask again."),
) -> None:
    """Delete everything of a person or of a conversation, applications and Rasa's events included."""
    from assistant.deletion import Deletion

    if id_number == (conversation is not None):
        raise typer.BadParameter("name either --id-number or --conversation.")
    deletion = Deletion(settings_of())
    if conversation is not None:
        if not yes:
            typer.confirm("Delete this conversation with its applications?", abort=True)
        _print_deleted(deletion.conversation(conversation))
        return
    number = typer.prompt("ID number", hide_input=True)
    if not yes:
        found = len(deletion.conversations_of(number))
        typer.confirm(f"Delete this person's applications and {found} conversation(s)?", abort=True)
    _print_deleted(deletion.citizen(number))


@storage.command("purge")
def purge_storage() -> None:
    """Delete what has outlived its period (docs/operating.md); run it daily."""
    from assistant.deletion import Deletion

    _print_deleted(Deletion(settings_of()).expired())


def _print_deleted(counts: Mapping[str, int]) -> None:
    for table, rows in sorted(counts.items()):
        if rows:
            typer.echo(f"{rows:6}  {table}")
    typer.echo(f"Deleted {sum(counts.values())} row(s).")
