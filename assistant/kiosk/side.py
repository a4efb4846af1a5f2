"""The kiosk's part of the server, wired: on a machine in a hall its page and routes, elsewhere the telephones'."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from sanic import Request, Sanic
from sanic.response import HTTPResponse

from actions.texts import Texts
from assistant.citizen.channel import CitizenChannel
from assistant.kiosk.cards import card_reader_named
from assistant.kiosk.leaving import Leaving
from assistant.kiosk.phone import PhoneRoutes
from assistant.kiosk.routes import KioskRoutes
from assistant.kiosk.settings import FILE, KioskSettings
from assistant.kiosk.visits import Visits
from assistant.side import Side
from assistant.speech.channel import SpeechChannel
from storage.kiosk_visits import KioskVisits

logger = logging.getLogger(__name__)

PAGE = Path(__file__).parent.parent / "web" / "kiosk" / "index.html"


def kiosk_sides(app: Sanic, citizens: CitizenChannel, speech: SpeechChannel, kept: KioskVisits) -> tuple[Side, ...]:
    """Return the kiosk's sides; on a machine in a hall, left visits are looked after as long as the server runs.

    Raises:
        BadKiosk: data/kiosk.yml cannot be used.
        UnknownCardReader: what it names reads no cards.
    """
    assistant = citizens.assistant
    texts = Texts.load(assistant.settings.data / "texts" / FILE)
    leaving = Leaving(kept, citizens.hub, speech, texts)
    phone = PhoneRoutes(citizens, leaving)
    if assistant.settings.kiosk is None:
        return (phone,)
    kiosk = KioskSettings.load(assistant.settings.data, assistant.settings.kiosk)
    for item in kiosk.unknown(assistant.services.catalogue.items):
        logger.warning("data/%s names %s, which no item has as its id.", FILE, item)
    visits = Visits(citizens, leaving, kiosk)

    async def wipe_left(*_: Any) -> None:
        await visits.wipe_left(all_here=True)

    app.register_listener(wipe_left, "before_server_start")
    app.add_task(visits.keep())
    app.register_middleware(_keep_no_answer, "response")
    app.static("/kiosk", str(PAGE), name="page-kiosk")
    return (phone, KioskRoutes(citizens, visits, leaving, kiosk, card_reader_named(kiosk.card_reader)))


async def _keep_no_answer(request: Request, response: HTTPResponse | None) -> None:
    """Let the machine's browser keep no answer: the next person uses it too."""
    if response is not None and request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
