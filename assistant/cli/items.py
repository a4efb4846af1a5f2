"""`wenban items`: take an export in, write one, check what there is."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import Knowledge, command_group, settings_of
from assistant.cli.revisions import revisions

MOST_LISTED = 50
"""bad rows that are printed; of more the number is"""

items = command_group("Service items: import them, export them, check them.")
items.add_typer(revisions, name="revisions")


@items.command("check")
def check_items(knowledge: Path | None = Knowledge) -> None:
    """Check items, ways of asking and flows; exits with 1 when something is wrong."""
    from assistant.preparation.data_check import print_findings

    if print_findings(settings_of(knowledge=knowledge)):
        raise typer.Exit(1)


@items.command("import")
def import_file(
    file: Path = typer.Argument(..., metavar="FILE", exists=True, dir_okay=False, help="CSV, XLSX, JSON or JSONL."),
    mapping: Path | None = typer.Option(
        None, exists=True, dir_okay=False, metavar="M.yml", help="Which columns make which element (data/mappings)."
    ),
    into: Path | None = typer.Option(
        None, "--into", "--knowledge", metavar="FOLDER", help="The folder of the service items; data/ unless told."
    ),
    skip_bad: bool = typer.Option(False, "--skip-bad", help="Import the good rows although others are bad."),
    remove_gone: bool = typer.Option(False, "--remove-gone", help="Remove the items that FILE does not have."),
) -> None:
    """Import a department's export: every row, or none; exits with 1 when a row is bad."""
    from assistant.progress import progress
    from knowledge_base.importing.importer import RowsRefused, import_items

    settings = settings_of(knowledge=into)
    try:
        with progress("Importing the items") as report:
            done = import_items(file, settings.data, settings.knowledge, report, mapping, skip_bad, remove_gone)
    except RowsRefused as refused:
        _print_problems(refused.problems)
        typer.secho(f"{refused} Mend them, or import the others with --skip-bad.", fg="red", err=True)
        raise typer.Exit(1) from refused
    _print_problems(done.skipped)
    typer.echo(
        f"{len(done.new)} new, {len(done.changed)} changed, {len(done.unchanged)} unchanged, "
        f"{len(done.gone)} gone{'' if done.removed or not done.gone else ' from the file but kept (--remove-gone)'}"
    )
    if done.shared_names:
        typer.echo(f"{done.shared_names} name(s) are borne by several items; choices tell them apart by department.")
    if done.skipped:
        typer.echo(f"{len({problem.row for problem in done.skipped})} bad row(s) were skipped.", err=True)
        raise typer.Exit(1)


def _print_problems(problems: tuple[object, ...]) -> None:
    for problem in problems[:MOST_LISTED]:
        typer.echo(str(problem), err=True)
    if len(problems) > MOST_LISTED:
        typer.echo(f"… and {len(problems) - MOST_LISTED} more.", err=True)


@items.command("export")
def export_file(
    file: Path = typer.Argument(..., metavar="FILE", dir_okay=False, help="Ends in .csv, .xlsx or .json."),
    knowledge: Path | None = Knowledge,
) -> None:
    """Export all items, a row each, as an import without a mapping reads them."""
    from knowledge_base.importing.exporting import export_items

    settings = settings_of(knowledge=knowledge)
    typer.echo(f"{export_items(settings.data, settings.knowledge, file)} items written to {file}.")
