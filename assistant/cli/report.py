"""`wenban report`: reports for the head of a hall."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import command_group, settings_of

reports = command_group("Reports for the head of a hall.")


@reports.callback()
def group() -> None:
    """Keep the commands a group, with one command in it too."""


@reports.command()
def daily(
    day: str | None = typer.Option(None, "--day", metavar="DAY", help="The day, such as 2026-11-22; else yesterday."),
    folder: Path = typer.Option(Path("reports/daily"), "-o", "--out", metavar="FOLDER", help="Where it is written."),
    pdf: bool | None = typer.Option(None, "--pdf/--html", help="Write only the one; both unless told."),
) -> None:
    """Write the report of a day: figures beside the day and the week before, charts, what went wrong."""
    from assistant.report.command import Form, write_daily_report

    forms = tuple(Form) if pdf is None else (Form.PDF if pdf else Form.HTML,)
    for file in write_daily_report(settings_of(), day, folder, forms):
        typer.echo(str(file))
