"""The commands that build what the assistant answers from: prepare, index, calibrate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from assistant.cli.options import Knowledge, settings_of


def prepare() -> None:
    """Check the data, train the dialogue and build the index where their inputs changed."""
    from assistant.preparation import prepare_all

    prepare_all(settings_of())


def index(
    knowledge: Path | None = Knowledge,
    revisions: bool = typer.Option(False, "--revisions", help="Only take approved revisions in; nothing is fitted."),
) -> None:
    """Build the search index anew and calibrate it; a running server takes it over by itself."""
    from assistant.preparation.calibration import calibrate_search_index
    from assistant.preparation.search_index import build_search_index, take_revisions_into_index

    settings = settings_of(knowledge=knowledge)
    if revisions:
        take_revisions_into_index(settings)
        return
    build_search_index(settings, force=True)
    calibrate_search_index(settings)


def calibrate(
    max_risk: float = typer.Option(0.02, "--max-risk", min=0.001, max=0.5, help="Share of answers that may be wrong."),
) -> None:
    """Calibrate the index on the open questions of data/eval and choose the thresholds for a stated risk."""
    from assistant.preparation.calibration import calibrate_search_index
    from knowledge_base.thresholds import CALIBRATED

    chosen = calibrate_search_index(settings_of(), force=True, risk=replace(CALIBRATED, answers_wrong=max_risk))
    if chosen is None:
        raise typer.Exit(1)
    typer.echo(f"answer from {chosen.answer:.3f}, offer choices from {chosen.clarify:.3f}")
    for name, value in chosen.figures.items():
        typer.echo(f"  {name.replace('_', ' ')}: {value}")
