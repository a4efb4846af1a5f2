"""The program `wenban`: its commands, in the order of its help, and how it is run."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable

import typer

from assistant.cli.asking import ask, batch, chat, search
from assistant.cli.audit import audit
from assistant.cli.building import calibrate, index, prepare
from assistant.cli.certificates import verify
from assistant.cli.deletion import citizens, storage
from assistant.cli.departments import departments
from assistant.cli.evaluation import curve, evaluate
from assistant.cli.gaps import gaps
from assistant.cli.items import items
from assistant.cli.kiosk import kiosk
from assistant.cli.options import command_group
from assistant.cli.passages import passages
from assistant.cli.report import reports
from assistant.cli.serving import serve
from assistant.cli.staff import staff
from assistant.cli.training import train
from assistant.cli.voice import mic, say, talk, transcribe, voice

COMMANDS: tuple[Callable[..., None], ...] = (
    *(transcribe, say, talk, mic, kiosk),
    *(prepare, serve),
    *(chat, ask, search, batch),
    *(index, calibrate),
    *(evaluate, curve, gaps, verify),
)

app = command_group(
    "Wenban (问办): a government-service assistant that answers with its source and carries applications through.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(items, name="items")
app.add_typer(passages, name="passages")
app.add_typer(train, name="train")
app.add_typer(staff, name="staff")
app.add_typer(citizens, name="citizens")
app.add_typer(storage, name="storage")
app.add_typer(departments, name="departments")
app.add_typer(reports, name="report")
app.add_typer(audit, name="audit")
app.add_typer(voice, name="voice")


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
