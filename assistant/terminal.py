"""A conversation in the terminal."""

from __future__ import annotations

import asyncio

from rich.console import Console

from assistant.batch import opened
from assistant.settings import Settings


def chat_in_terminal(settings: Settings, identity: str | None) -> None:
    """Talk until an empty line or end of input; the conversation is kept like any other.

    A fictional citizen's applications are handed to no department.
    """
    console = Console()
    with opened(settings.with_(demo=settings.demo or identity is not None), keep=True) as assistant:
        conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
        console.print(assistant.services.texts("greeting"))
        while True:
            try:
                said = console.input("[bold]> [/]").strip()
            except (EOFError, KeyboardInterrupt):
                return
            if not said:
                return
            assistant.services.connector.advance()
            answered = asyncio.run(assistant.turn(conversation, said))
            console.print(answered.reply.text, highlight=False)
            for number, choice in enumerate(answered.reply.choices, start=1):
                console.print(f"  [cyan]{number}. {choice.label}[/]")
            for cited in answered.reply.citations[:3]:
                console.print(f"  [dim]{cited.item_name} · {cited.field_label} · {cited.source}[/]")
