"""`wenban kiosk`: the program of a machine in a hall."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import typer

from assistant.cli.options import Knowledge, settings_of

LOOPBACK = "127.0.0.1"


def kiosk(
    hall: str | None = typer.Option(None, "--hall", help="The hall's name; as data/kiosk.yml says unless told."),
    machine: str | None = typer.Option(None, "--machine", help="The machine's name, which tells a clerk where to go."),
    phone_address: str | None = typer.Option(
        None, "--phone-address", metavar="URL", help="Where telephones reach the assistant; empty: no QR code."
    ),
    card_reader: str | None = typer.Option(
        None, "--card-reader", metavar="READER", help="file:PATH or command:PROGRAM ARGUMENT… (docs/kiosk.md)."
    ),
    browser: Path | None = typer.Option(None, "--browser", metavar="PATH", help="The browser; Chromium unless told."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Only serve; open the page /kiosk yourself."),
    port: int | None = typer.Option(None, help="Port to listen on, on this machine only; 5005 unless told."),
    demo: bool = typer.Option(False, "--demo", help="For trying it out, as with `wenban serve`."),
    knowledge: Path | None = Knowledge,
) -> None:
    """Serve on this machine only and show the hall's page on the whole screen; nothing of a visit outlives it."""
    from assistant.kiosk.browser import KioskBrowser, find_browser
    from assistant.kiosk.cards import card_reader_named
    from assistant.kiosk.options import KioskOptions
    from assistant.kiosk.settings import KioskSettings
    from assistant.server import serve_forever

    settings = settings_of(knowledge=knowledge)
    given = {"hall": hall, "machine": machine, "phone_address": phone_address, "card_reader": card_reader}
    options = replace(
        KioskOptions.of(os.environ), **{name: value for name, value in given.items() if value is not None}
    )
    # What cannot be used is told now, not after the models are loaded.
    card_reader_named(KioskSettings.load(settings.data, options).card_reader)
    settings = settings.with_(kiosk=options, host=LOOPBACK, port=port or settings.port, demo=demo or settings.demo)
    if no_browser:
        serve_forever(settings)
        return
    with KioskBrowser(find_browser(browser), f"http://{LOOPBACK}:{settings.port}/kiosk") as opened:
        serve_forever(settings, opened.start)
