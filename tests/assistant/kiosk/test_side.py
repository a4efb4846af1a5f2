"""What the kiosk adds to a server: on a machine in a hall everything, elsewhere the telephones' way in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sanic import Sanic

from assistant.kiosk.cards import UnknownCardReader
from assistant.kiosk.options import KioskOptions
from assistant.kiosk.settings import BadKiosk
from assistant.kiosk.side import kiosk_sides


def paths(machine: Any, name: str, options: KioskOptions | None) -> set[str]:
    """The routes of a server with these settings."""
    settings = machine.citizens.assistant.settings
    machine.citizens.assistant.settings = replace(settings, kiosk=options)
    app = Sanic(name, configure_logging=False)
    for side in kiosk_sides(app, machine.citizens, machine.speech, machine.leaving.kept):
        app.blueprint(side.blueprint())
    return {f"/{route.path}" for route in app.router.routes}


def test_given_a_server_elsewhere_when_it_starts_then_it_only_takes_conversations_over(machine):
    assert paths(machine, "elsewhere", None) == {"/api/continue"}


def test_given_a_machine_in_a_hall_when_it_starts_then_it_has_its_page_and_its_routes(machine):
    visit = "/api/kiosk/visits/<conversation_id:str>"

    found = paths(machine, "hall", KioskOptions())

    assert {f"{visit}/{what}" for what in ("touch", "wipe", "phone", "card", "call")} < found
    assert {"/api/kiosk", "/api/kiosk/visits", "/api/continue"} <= {path.rstrip("/") for path in found}
    assert any(path.startswith("/kiosk") for path in found)


@pytest.mark.parametrize(
    ("options", "failure"),
    [
        (KioskOptions(card_reader="usb"), UnknownCardReader),
        (KioskOptions(phone_address="ask.example"), BadKiosk),
    ],
)
def test_given_settings_that_cannot_be_used_when_the_server_starts_then_it_says_so(machine, options, failure):
    with pytest.raises(failure):
        paths(machine, failure.__name__, options)
