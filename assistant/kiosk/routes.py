"""What the page of a machine in a hall asks of its server; nobody else is answered."""

from __future__ import annotations

from functools import wraps

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, NotFound, SanicException, ServiceUnavailable
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from assistant.citizen.channel import CitizenChannel, Handler
from assistant.kiosk.cards import Card, CardReader, CardReaderFailed
from assistant.kiosk.clerk_call import ClerkCall
from assistant.kiosk.leaving import Leaving
from assistant.kiosk.loopback import is_from_here
from assistant.kiosk.phone import offer
from assistant.kiosk.settings import KioskSettings
from assistant.kiosk.visits import CHANNEL, Visits
from storage.errors import IdentityMismatch
from storage.identity import Identity
from storage.kiosk_visits import AT_MACHINE

CARD_WITHIN_SECONDS = 20.0
"""how long a card is waited for"""
_GONE = {"Clear-Site-Data": '"cache", "storage"'}
"""the browser, too, forgets what it kept of the page"""


class Conflict(SanicException):
    """It cannot be done as the machine or the visit is."""

    status_code = 409
    quiet = True


class KioskRoutes:
    """Serve the page: how the machine is set up, visits, the way to a telephone, cards, a clerk."""

    def __init__(
        self,
        citizens: CitizenChannel,
        visits: Visits,
        leaving: Leaving,
        kiosk: KioskSettings,
        reader: CardReader | None,
    ) -> None:
        """Keep what the routes work with."""
        self._citizens = citizens
        self._visits = visits
        self._leaving = leaving
        self._kiosk = kiosk
        self._reader = reader
        self._texts = leaving.texts
        self._call = ClerkCall(citizens, kiosk, leaving.texts)

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/kiosk."""
        routes = Blueprint("kiosk", url_prefix="/api/kiosk")
        visit = "/visits/<conversation_id:str>"
        routes.add_route(self._from_here(self.about), "/", methods=["GET"])
        routes.add_route(self._from_here(self.begin), "/visits", methods=["POST"])
        routes.add_route(self._from_here(self.wipe), f"{visit}/wipe", methods=["POST"])
        for name, handler in (("touch", self.touch), ("phone", self.phone), ("card", self.card), ("call", self.call)):
            routes.add_route(self._from_here(self._citizens.with_token(handler)), f"{visit}/{name}", methods=["POST"])
        return routes

    async def about(self, request: Request) -> HTTPResponse:
        """Tell how the machine is set up; items that no guide is there for are left out."""
        kiosk, items = self._kiosk, self._citizens.assistant.services.catalogue.items
        return json_response(
            {
                "hall": vars(kiosk.hall),
                "machine": kiosk.machine,
                "items": [
                    {"id": item_id, "name": items[item_id].name, "words": words}
                    for item_id, words in kiosk.items.items()
                    if item_id in items
                ],
                "idle": vars(kiosk.idle),
                "paper": kiosk.paper,
                "phone": bool(kiosk.phone_address),
                "card_reader": self._reader is not None,
                "max_characters": self._citizens.assistant.settings.max_characters,
            }
        )

    async def begin(self, request: Request) -> HTTPResponse:
        """Begin a visit; what was left of earlier ones is erased first."""
        self._citizens.limiter.check_start(request.ip)
        conversation_id = await self._visits.begin()
        told = {"conversation_id": conversation_id, "token": self._citizens.tokens.issue(conversation_id)}
        return json_response(told, status=201)

    async def touch(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Note that somebody is there."""
        if not self._visits.touch(conversation_id):
            raise self._over()
        return empty()

    async def wipe(self, request: Request, conversation_id: str) -> HTTPResponse:
        """End the visit and erase it; the machine's token is enough, whether or not it still holds."""
        if not self._citizens.tokens.is_of(conversation_id, AT_MACHINE, request.token or ""):
            raise Forbidden("This visit needs its token.")
        await self._visits.wipe(conversation_id)
        return empty(headers=_GONE)

    async def phone(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Return a code and the QR code by which a telephone takes the visit over."""
        if not self._kiosk.phone_address:
            raise Conflict(self._texts("no_phone"))
        self._citizens.limiter.check_message(conversation_id)
        offered = offer(self._leaving, conversation_id, self._kiosk.phone_address)
        if offered is None:
            raise self._over()
        return json_response(offered)

    async def card(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Read an identity card, bind the visit to its holder and return what is on it; 204 where none was placed."""
        if self._reader is None:
            raise NotFound(self._texts("no_card_reader"))
        self._citizens.limiter.check_message(conversation_id)
        try:
            card = await self._reader.read(CARD_WITHIN_SECONDS)
        except CardReaderFailed as error:
            raise ServiceUnavailable(self._texts("card_failed")) from error
        if card is None:
            return empty()
        async with self._citizens.turn_of(conversation_id):
            if not self._visits.touch(conversation_id):
                raise self._over()
            self._bind(conversation_id, card)
        return json_response({"name": card.name, "id_number": card.id_number})

    async def call(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Call a clerk to the machine."""
        self._citizens.limiter.check_message(conversation_id)
        async with self._citizens.turn_of(conversation_id):
            if not self._visits.touch(conversation_id):
                raise self._over()
            message = await self._call.call(conversation_id)
        return json_response({"message": message})

    def _bind(self, conversation_id: str, card: Card) -> None:
        assistant, holder = self._citizens.assistant, Identity(card.name, card.id_number)
        try:
            assistant.services.conversations.bind(conversation_id, holder, CHANNEL, demo=assistant.settings.demo)
        except IdentityMismatch as error:
            raise Conflict(self._texts("card_other")) from error

    def _over(self) -> Forbidden:
        return Forbidden(self._texts("visit_over"))

    def _from_here(self, handler: Handler) -> Handler:
        """Return a handler that is only reached from this machine."""

        @wraps(handler)
        async def checked(request: Request, **place: str) -> HTTPResponse:
            if not is_from_here(request):
                raise Forbidden(self._texts("only_here"))
            response: HTTPResponse = await handler(request, **place)
            return response

        return checked
