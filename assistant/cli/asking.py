"""The commands that ask the assistant: chat, ask, search, batch."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import AsJson, IdentityName, Knowledge, Today, json_line, settings_of


def chat(identity: str | None = IdentityName, today: str | None = Today, knowledge: Path | None = Knowledge) -> None:
    """Talk to the assistant in the terminal."""
    from assistant.terminal import chat_in_terminal

    chat_in_terminal(settings_of(today, knowledge), identity)


def ask(
    text: str,
    identity: str | None = IdentityName,
    as_json: bool = AsJson,
    today: str | None = Today,
    knowledge: Path | None = Knowledge,
) -> None:
    """Ask one question and print the reply."""
    from assistant.batch import answer_once

    record = answer_once(settings_of(today, knowledge), text, identity)
    typer.echo(json_line(record) if as_json else record["text"])


def search(text: str, as_json: bool = AsJson, knowledge: Path | None = Knowledge) -> None:
    """Search the items without the dialogue."""
    from assistant.batch import search_once

    found = search_once(settings_of(knowledge=knowledge), text)
    if as_json:
        typer.echo(json_line(found))
    else:
        for candidate in found["candidates"]:
            typer.echo(f"{candidate['score']:.3f}  {candidate['item']}  {candidate['name']}")


def batch(
    source: Path = typer.Argument(..., metavar="IN.jsonl", exists=True, dir_okay=False),
    out: Path = typer.Option(..., "-o", "--out", metavar="OUT.jsonl"),
    today: str | None = Today,
) -> None:
    """Run the conversations of a JSONL file, a fresh one for each line (docs/interfaces.md)."""
    from assistant.batch import run_batch

    failed = run_batch(settings_of(today), source, out)
    if failed:
        typer.echo(f"{failed} line(s) could not be run; their output lines say why.", err=True)
        raise typer.Exit(1)
