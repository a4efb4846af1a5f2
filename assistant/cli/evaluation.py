"""The commands that measure the assistant: evaluate, curve."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import settings_of

Reports = typer.Option(Path("reports/evaluation"), help="The folder of the report.")


def evaluate(
    part: str = typer.Option("all", help="open, locked or all: the figures are kept apart."),
    only: list[str] = typer.Option([], help="Measure only this section; may be given again."),
    out: Path = Reports,
    show_locked: bool = typer.Option(False, "--show-locked", help="List what fails of the locked part, too."),
) -> None:
    """Measure the assistant on data/eval and write a report; exits with 1 when a sentence there is a training one."""
    from assistant.evaluation.command import evaluate as evaluated

    report = evaluated(settings_of(), out, part, only, show_locked)
    typer.echo(f"Evaluation sentences that something was trained on: {report.leaked}")
    if report.leaked:
        raise typer.Exit(1)


def curve(out: Path = Reports) -> None:
    """Measure the ranking with ever fewer ways of asking an item; it takes minutes."""
    from assistant.evaluation.curve import measure_curve

    measure_curve(settings_of(), out)
