"""`wenban verify`: whether a certificate was issued here."""

from __future__ import annotations

import typer

from assistant.cli.options import settings_of


def verify(code: str) -> None:
    """Tell whether a certificate's verification code is genuine; exits with 1 when it is not."""
    from actions.services import Services
    from actions.verification import verification_of

    settings = settings_of()
    services = Services.open(
        settings.data, settings.var, settings.database_url, settings.clock, settings.knowledge, departments=False
    )
    verified = verification_of(services, code)
    key = "certificate_valid" if verified.valid else "certificate_unknown"
    typer.echo(services.texts(key, name=verified.name, issued_at=verified.issued_at))
    if not verified.valid:
        raise typer.Exit(1)
