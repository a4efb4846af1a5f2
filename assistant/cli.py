"""The command line: `wenban COMMAND`. Heavy imports wait until a command needs them."""

from __future__ import annotations

import json
import os
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

app = typer.Typer(
    help="Wenban (问办): a government-service assistant that answers with its source and carries applications through.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
items = typer.Typer(help="Service items: check them.", no_args_is_help=True)
train = typer.Typer(help="Train the models that are shipped.", no_args_is_help=True)
staff = typer.Typer(help="Staff accounts.", no_args_is_help=True)
app.add_typer(items, name="items")
app.add_typer(train, name="train")
app.add_typer(staff, name="staff")

Today = typer.Option(None, "--today", help="Fix the date, such as 2026-11-23.")
IdentityName = typer.Option(None, "--identity", help="A demonstration identity; `demo` is the first.")
AsJson = typer.Option(False, "--json", help="Print JSON.")


def _settings(today: str | None = None, **changes: Any) -> Settings:
    from assistant.settings import Settings

    settings = Settings.from_environment()
    return settings.with_(today=date.fromisoformat(today) if today else settings.today, **changes)


@app.command()
def prepare() -> None:
    """Check the data, train the dialogue and build the index where their inputs changed."""
    from assistant.preparation import prepare_all

    prepare_all(_settings())


@app.command()
def serve(
    demo: bool = typer.Option(False, "--demo", help="Offer fictional identities, and say so on the page."),
    host: str | None = typer.Option(None, help="Address to listen on; 127.0.0.1 unless told."),
    port: int | None = typer.Option(None, help="Port to listen on; 5005 unless told."),
) -> None:
    """Prepare what changed and serve the page, the API and Rasa's webhook."""
    from assistant.server import serve_forever

    settings = _settings()
    serve_forever(settings.with_(demo=demo or settings.demo, host=host or settings.host, port=port or settings.port))


@app.command()
def chat(identity: str | None = IdentityName, today: str | None = Today) -> None:
    """Talk to the assistant in the terminal."""
    from assistant.terminal import chat_in_terminal

    chat_in_terminal(_settings(today), identity)


@app.command()
def ask(
    text: str,
    identity: str | None = IdentityName,
    as_json: bool = AsJson,
    today: str | None = Today,
) -> None:
    """Ask one question and print the reply."""
    from assistant.batch import answer_once

    record = answer_once(_settings(today), text, identity)
    typer.echo(json.dumps(record, ensure_ascii=False) if as_json else record["text"])


@app.command()
def search(text: str, as_json: bool = AsJson) -> None:
    """Search the items without the dialogue."""
    from assistant.batch import search_once

    found = search_once(_settings(), text)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for candidate in found["candidates"]:
            typer.echo(f"{candidate['score']:.3f}  {candidate['item']}  {candidate['name']}")


@app.command()
def batch(
    source: Path = typer.Argument(..., metavar="IN.jsonl", exists=True, dir_okay=False),
    out: Path = typer.Option(..., "-o", "--out", metavar="OUT.jsonl"),
    today: str | None = Today,
) -> None:
    """Run the conversations of a JSONL file, a fresh one for each line (docs/interfaces.md)."""
    from assistant.batch import run_batch

    failed = run_batch(_settings(today), source, out)
    if failed:
        typer.echo(f"{failed} line(s) could not be run; their output lines say why.", err=True)
        raise typer.Exit(1)


@app.command()
def index() -> None:
    """Build the search index anew; a running server takes it over by itself."""
    from assistant.preparation import build_search_index

    build_search_index(_settings(), force=True)


@app.command()
def evaluate(
    out: Path = typer.Option(Path("reports/evaluation"), help="Where the JSON report goes."),
) -> None:
    """Measure search, abstention, emergencies and dialogues on data/eval and print every failure."""
    from assistant.evaluation import evaluate_all

    evaluate_all(_settings(), out)


@items.command("check")
def check_items() -> None:
    """Check items, ways of asking and flows; exits with 1 when something is wrong."""
    from assistant.preparation import print_findings

    if print_findings(_settings()):
        raise typer.Exit(1)


@train.command("encoder")
def train_encoder(
    out: Path | None = typer.Option(None, help="Where the encoder goes; models/encoder unless told."),
) -> None:
    """Train the sentence encoder on the items' own texts."""
    from assistant.preparation import train_sentence_encoder

    train_sentence_encoder(_settings(), out)


@staff.command("add")
def add_staff(
    name: str,
    role: str = typer.Option("clerk", help="clerk, supervisor, editor or auditor."),
    display_name: str = typer.Option("", help="The name that citizens see."),
    password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True),
) -> None:
    """Add a staff account; the password is asked for."""
    from assistant.staff.accounts import add_account

    add_account(_settings(), name, password, role, display_name)
    typer.echo(f"Added {name} ({role}).")


def main() -> None:
    """Run the command line; an error that says what to do is printed as a sentence, not a traceback."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa shows its progress bars below this
    warnings.filterwarnings("ignore")  # those of Rasa's and TensorFlow's own old dependencies
    try:
        app()
    except Exception as error:
        from assistant.complaints import sentence_for

        sentence = sentence_for(error)
        if sentence is None or os.environ.get("WENBAN_DEBUG"):
            raise
        typer.secho(sentence, fg="red", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
