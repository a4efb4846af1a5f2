"""`wenban items revisions`: what was approved on the editor's page, written into the files."""

from __future__ import annotations

import typer

from assistant.cli.options import command_group, settings_of

revisions = command_group("Revisions of guides, approved on the editor's page.")


@revisions.command("export")
def export_revisions() -> None:
    """Write the revisions in force into data/items and data/asks, so that what git keeps follows."""
    from assistant.editor.export import export_revisions as exported
    from assistant.revised_knowledge import revisions_in_force

    settings = settings_of()
    in_force = revisions_in_force(settings)
    for one in exported(settings.knowledge, in_force):
        typer.echo(f"{one.item_id}, revision {one.number}: {', '.join(one.files) or 'the files say it already'}")
    ending = [item_id for item_id, revision in in_force.items() if revision.effective_until]
    for item_id in sorted(ending):
        typer.echo(f"{item_id}: left out, for its revision ends; the files keep what holds without end")
