"""`wenban serve`: the server."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.cli.options import Knowledge, settings_of


def serve(
    demo: bool = typer.Option(False, "--demo", help="Offer fictional identities, and say so on the page."),
    host: str | None = typer.Option(None, help="Address to listen on; 127.0.0.1 unless told."),
    port: int | None = typer.Option(None, help="Port to listen on; 5005 unless told."),
    knowledge: Path | None = Knowledge,
) -> None:
    """Prepare what changed and serve the page, the API and Rasa's webhook."""
    from assistant.server import serve_forever

    settings = settings_of(knowledge=knowledge)
    serve_forever(settings.with_(demo=demo or settings.demo, host=host or settings.host, port=port or settings.port))
