"""The Sanic application: our pages and channels beside Rasa's own webhook."""

from __future__ import annotations

import asyncio
import logging

from rasa.core.channels import channel as rasa_channels
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from actions.texts import Texts
from assistant.assistant import Assistant
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.document_routes import DocumentRoutes
from assistant.citizen.handoff_routes import HandoffRoutes
from assistant.citizen.hub import ConversationHub
from assistant.citizen.identity import ConversationTokens
from assistant.citizen.limits import RateLimiter
from assistant.citizen.notices import Notices
from assistant.citizen.webhook import Webhook
from assistant.editor.gap_list import GapList
from assistant.editor.side import editor_sides
from assistant.embedding import Embedding
from assistant.kiosk.side import kiosk_sides
from assistant.pages import add_pages
from assistant.papers.printing import Printing
from assistant.papers.routes import PaperRoutes
from assistant.ratings.asking import keep_asking
from assistant.ratings.routes import RatingRoutes
from assistant.side import Side
from assistant.speech.channel import SpeechChannel
from assistant.speech.voice import Voice
from assistant.staff.accounts import open_audit
from assistant.staff.sessions import StaffSessions
from assistant.staff.side import staff_sides
from storage.kiosk_visits import KioskVisits
from storage.staff import Staff

logger = logging.getLogger(__name__)

ADVANCE_EVERY_SECONDS = 2.0
"""how often the embedded back office moves applications on"""


def create_app(assistant: Assistant, name: str = "wenban", voice: Voice | None = None) -> Sanic:
    """Return the server's application with every route; without a voice everything can still be typed."""
    app = Sanic(name, configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.REQUEST_MAX_SIZE = 4_000_000  # two minutes of sound as a WAV file
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = assistant.agent
    services, settings = assistant.services, assistant.settings
    visits = KioskVisits(services.database)
    tokens = ConversationTokens(_key(services, "conversation-tokens"), visits.generation)
    hub = ConversationHub(services.transcripts, tokens.hold)
    limiter = RateLimiter()
    citizens = CitizenChannel(assistant, hub, tokens, limiter)
    speech = SpeechChannel(citizens, voice)
    sessions = StaffSessions(
        Staff(services.database),
        open_audit(settings, services.database),
        _key(services, "staff-csrf"),
        limiter,
        Texts.load(services.data / "texts" / "staff.yml"),
    )
    printing = Printing(services)
    gaps = GapList.open(settings, services.database)
    sides: tuple[Side, ...] = (
        citizens,
        speech,
        DocumentRoutes(citizens),
        HandoffRoutes(citizens),
        RatingRoutes(citizens),
        PaperRoutes(citizens, printing),
        *kiosk_sides(app, citizens, speech, visits),
        *staff_sides(app, citizens, sessions, limiter, printing, gaps),
        *editor_sides(app, assistant, sessions, gaps),
    )
    for side in sides:
        app.blueprint(side.blueprint())
    rasa_channels.register([Webhook(limiter)], app, route="/webhooks/")
    app.add_task(_advance_applications(assistant, hub))
    app.add_task(keep_asking(citizens.asker, services))
    if voice is not None:
        app.register_listener(lambda *_: voice.aclose(), "before_server_stop")
    Embedding(settings.embed_origins).guard(app)
    add_pages(app, services)
    app.error_handler.add(Exception, _plain_error)
    return app


def _key(services: Services, purpose: str) -> bytes:
    """Return a key for one purpose, derived from the installation's secret key."""
    return services.database.cipher.blind_index(purpose, "derived-key").encode()


async def _advance_applications(assistant: Assistant, hub: ConversationHub) -> None:
    """Let the embedded back office work, and tell the conversations whose applications are done."""
    while True:
        try:
            await asyncio.to_thread(assistant.services.connector.advance)
            tell_news(assistant.notices, hub)
        except Exception as error:  # the back office's trouble must not end the server
            logger.error("The back office could not move on: %s", type(error).__name__)
        await asyncio.sleep(ADVANCE_EVERY_SECONDS)


def tell_news(notices: Notices, hub: ConversationHub) -> None:
    """Publish the news of applications, and mark as told what has been kept; the rest is told the next time."""
    for news in notices.pending():
        if hub.publish(news.conversation_id, news.type, news.payload).seq is None:
            return
        notices.mark_told(news)


async def _plain_error(request: Request, error: Exception) -> HTTPResponse:
    """Answer an error in one sentence; what went wrong inside stays inside."""
    if isinstance(error, SanicException):
        return json_response({"message": str(error)}, status=error.status_code)
    logger.error("A request failed: %s", type(error).__name__)
    return json_response({"message": request.app.ctx.agent.services.texts("error")}, status=500)
