"""`wenban passages`: questions with their answers, taken in from a file."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import command_group, settings_of

passages = command_group("Passages: questions with answers, and policy texts.")


@passages.command("import")
def import_passages(
    source: Path = typer.Argument(..., metavar="FILE.jsonl", exists=True, dir_okay=False),
    into: Path | None = typer.Option(None, help="The folder of passages; data/passages unless told."),
    question: str = typer.Option("question", help="What the field of the question is called."),
    answer: str = typer.Option("answer", help="What the field of the answer is called."),
    origin: str = typer.Option("source", "--source", help="What the field of the source is called; the file without."),
) -> None:
    """Import questions with their answers, all or none; `wenban index` then makes them searchable."""
    from assistant.progress import progress
    from knowledge_base.passages.importing import ImportRefused, Names
    from knowledge_base.passages.importing import import_passages as imported

    settings = settings_of()
    names = Names(question, answer, origin)
    try:
        with progress(f"Importing {source.name}") as report:
            target, count = imported(source, into or settings.passages, settings.data, names, report)
    except ImportRefused as refused:
        for problem in refused.problems:
            typer.echo(problem, err=True)
        raise
    typer.echo(f"Imported {count} passages into {target}. Run `wenban index` to make them searchable.")
