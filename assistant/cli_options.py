"""What the commands share: how a group is made, and the settings with the options given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

Knowledge = typer.Option(
    None, "--knowledge", metavar="FOLDER", help="The folder of the service items; data/ unless told."
)


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
