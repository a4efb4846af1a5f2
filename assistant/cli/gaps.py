"""`wenban gaps`: what was asked and not answered."""

from __future__ import annotations

import typer

from assistant.cli.options import AsJson, json_line, settings_of


def gaps(
    since: str | None = typer.Option(None, "--since", help="From this date on, such as 2026-11-01; else 30 days."),
    least: int | None = typer.Option(None, min=1, help="Show what was asked in so many conversations or more."),
    as_json: bool = AsJson,
) -> None:
    """Show what citizens asked and were not answered, gathered by what it is about, and what might be done."""
    from assistant.editor.gap_command import gaps_as_text, look_for_gaps

    report = look_for_gaps(settings_of(), since, least)
    typer.echo(json_line(report) if as_json else gaps_as_text(report))
