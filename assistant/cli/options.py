"""What the commands share: options, how a group is made, the settings with the options given, JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

Knowledge = typer.Option(
    None, "--knowledge", metavar="FOLDER", help="The folder of the service items; data/ unless told."
)
Today = typer.Option(None, "--today", help="Fix the date, such as 2026-11-23.")
IdentityName = typer.Option(None, "--identity", help="A demonstration identity; `demo` is the first.")
AsJson = typer.Option(False, "--json", help="Print JSON.")


def command_group(help: str, **options: Any) -> typer.Typer:
    """Return a group of commands; its help is plain text, because importing rich's formatting takes half a second."""
    return typer.Typer(help=help, no_args_is_help=True, rich_markup_mode=None, **options)


def settings_of(today: str | None = None, knowledge: Path | None = None) -> Settings:
    """Return the environment's settings, with another date or another folder of items where given."""
    from actions.clock import clock_named
    from assistant.settings import Settings

    settings = Settings.from_environment()
    return settings.with_(
        clock=clock_named(today) if today else settings.clock,
        knowledge=knowledge.resolve() if knowledge else settings.knowledge,
    )


def json_line(record: object) -> str:
    """Return a record as one line of JSON, Chinese as it is written."""
    import json

    return json.dumps(record, ensure_ascii=False)
