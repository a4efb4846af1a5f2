"""The Sanic application: our pages and channels beside Rasa's own webhook."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rasa.core.channels import channel as rasa_channels
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.approval_rules import ApprovalRules
from actions.drafting import Drafter
from actions.services import Services
from actions.texts import Texts
from assistant.assistant import Assistant
from assistant.bundling.script import BundledScript
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.handoff_routes import HandoffRoutes
from assistant.citizen.hub import ConversationHub
from assistant.citizen.identity import ConversationTokens
from assistant.citizen.limits import RateLimiter
from assistant.citizen.notices import Notices
from assistant.citizen.webhook import Webhook
from assistant.editor.desk import EditorDesk
from assistant.editor.gap_desk import GapDesk
from assistant.editor.gap_list import GapList
from assistant.editor.index_keeper import IndexKeeper
from assistant.editor.knowledge import EditedKnowledge
from assistant.editor.workshop import Workshop
from assistant.embedding import Embedding
from assistant.kiosk.side import kiosk_sides
from assistant.nlu import resources
from assistant.openapi import openapi_document
from assistant.papers.printing import Printing
from assistant.papers.routes import PaperRoutes
from assistant.ratings.asking import keep_asking
from assistant.ratings.routes import RatingRoutes
from assistant.requests import as_function
from assistant.speech.channel import SpeechChannel
from assistant.speech.voice import Voice
from assistant.staff.applications_desk import ApplicationsDesk
from assistant.staff.approval_desk import ApprovalDesk
from assistant.staff.approval_keeper import ApprovalKeeper
from assistant.staff.case_view import CaseView
from assistant.staff.checklist_desk import ChecklistDesk
from assistant.staff.console import StaffConsole
from assistant.staff.desk import StaffDesk
from assistant.staff.desk_choices import DeskChoices
from assistant.staff.desk_lists import DeskLists
from assistant.staff.draft_book import DraftBook
from assistant.staff.drafting_desk import DraftingDesk
from assistant.staff.figures.desk import FiguresDesk
from assistant.staff.follow_up_desk import FollowUpDesk
from assistant.staff.live_desk import LiveDesk
from assistant.staff.queue_keeper import QueueKeeper
from assistant.staff.sessions import StaffSessions
from assistant.staff.transfer_keeper import TransferKeeper
from storage.audit import AuditTrail
from storage.drafts import AnswerDrafts
from storage.kiosk_visits import KioskVisits
from storage.staff import Staff

logger = logging.getLogger(__name__)

WEB = Path(__file__).parent / "web"
PAGES = {
    "/": "index.html",
    "/staff": "staff/index.html",
    "/staff/drafts": "drafts/index.html",
    "/staff/approvals": "approvals/index.html",
    "/staff/follow-ups": "follow_ups/index.html",
    "/staff/figures": "figures/index.html",
    "/staff/applications": "applications/index.html",
    "/editor": "editor/index.html",
    "/integrate": "integrate/index.html",
}
"""address → file below WEB"""
SCRIPTS = {"widget.js": None, "speech.js": "widget.js", "settings.js": "widget.js", "rating.js": "widget.js"}
"""module below WEB that is served with all that it imports → the one that is loaded before it"""
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
ADVANCE_EVERY_SECONDS = 2.0
"""how often the embedded back office moves applications on"""
KEEP_QUEUE_EVERY_SECONDS = 2.0
"""how often those who wait for a person, and answers that wait for a yes, are looked after"""


def create_app(assistant: Assistant, name: str = "wenban", voice: Voice | None = None) -> Sanic:
    """Return the server's application with every route; without a voice everything can still be typed."""
    app = Sanic(name, configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.REQUEST_MAX_SIZE = 4_000_000  # two minutes of sound as a WAV file
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = assistant.agent
    services = assistant.services
    visits = KioskVisits(services.database)
    tokens = ConversationTokens(_key(services, "conversation-tokens"), visits.generation)
    hub = ConversationHub(services.transcripts, tokens.hold)
    limiter = RateLimiter()
    citizens = CitizenChannel(assistant, hub, tokens, limiter)
    sessions = StaffSessions(
        Staff(services.database),
        AuditTrail(services.database),
        _key(services, "staff-csrf"),
        limiter,
        Texts.load(services.data / "texts" / "staff.yml"),
    )
    keeper = IndexKeeper(assistant.settings, services.revisions)
    knowledge = EditedKnowledge(services.data, assistant.settings.knowledge, services.guides, services.revisions)
    workshop = Workshop(services.database, knowledge, sessions.audit)
    gaps = GapList.open(assistant.settings, services.database)
    drafts = _draft_book(assistant, sessions.texts)
    choices = DeskChoices.load(services.data)
    lists = DeskLists(services, sessions.staff, choices.departments, sessions.texts)
    live = LiveDesk(lists, services.handoffs, sessions, hub, limiter)
    citizens.signs.watch(on_typing=live.typing, on_read=live.nudge)
    cases = CaseView(services, assistant.focus_of, sessions.texts)
    desk = StaffDesk(
        services,
        hub,
        sessions,
        citizens.places,
        assistant.set_aside,
        assistant.talk_about,
        drafts,
        lists,
        choices.outcomes,
    )
    approval = assistant.agent.approval = _approval(services, hub)
    printing = Printing(services)
    speech = SpeechChannel(citizens, voice)
    for side in (
        *kiosk_sides(app, citizens, speech, visits),
        citizens,
        HandoffRoutes(citizens),
        RatingRoutes(citizens),
        PaperRoutes(citizens, printing),
        speech,
        sessions,
        desk,
        StaffConsole(services, hub, sessions, citizens.places, cases, choices),
        live,
        DraftingDesk(services, drafts, sessions),
        ApprovalDesk(services, approval, citizens, sessions, assistant.agent.guard, desk.take_over),
        FollowUpDesk(services, hub, sessions, assistant.agent.ratings.book, citizens.asker),
        ApplicationsDesk(services, sessions, assistant.agent.guard),
        ChecklistDesk(services, hub, sessions, printing),
        EditorDesk(services, workshop, sessions, keeper),
        GapDesk(services, gaps, workshop, sessions),
        FiguresDesk(services, gaps, sessions),
    ):
        app.blueprint(side.blueprint())
    rasa_channels.register([Webhook(limiter)], app, route="/webhooks/")
    _add_pages(app, services)
    app.add_task(_advance_applications(assistant, hub))
    app.add_task(keeper.keep())
    app.add_task(live.keep())
    app.add_task(keep_asking(citizens.asker, services))
    queue = QueueKeeper(services, hub, citizens.places, sessions.audit, sessions.texts)
    transfers = TransferKeeper(services, sessions.staff, sessions.audit, sessions.texts)
    approvals = ApprovalKeeper(services, approval, sessions.audit)
    app.add_task(_keep(queue.step, services, "The queue"))
    app.add_task(_keep(transfers.step, services, "What was transferred"))
    app.add_task(_keep(approvals.step, services, "What waits for approval"))
    if voice is not None:
        app.register_listener(lambda *_: voice.aclose(), "before_server_stop")
    Embedding(assistant.settings.embed_origins).guard(app)
    app.register_middleware(_secure, "response")
    app.error_handler.add(Exception, _plain_error)
    return app


def _draft_book(assistant: Assistant, texts: Texts) -> DraftBook:
    """Return what drafts answers for staff, with the search and the masking rules that turns go through."""
    services, settings = assistant.services, assistant.settings
    searcher = resources.searcher_at(settings.index, settings.encoder)
    drafter = Drafter(searcher, services.guides, services.answer_texts)
    return DraftBook(drafter, AnswerDrafts(services.database), assistant.agent.guard, services.small_talk, texts)


def _approval(services: Services, hub: ConversationHub) -> AnswerApproval:
    """Return what lets staff approve answers first, as data/approval.yml says."""
    rules = ApprovalRules.load(services.data / "approval.yml")
    for item in rules.unknown(services.catalogue.items):
        logger.warning("data/approval.yml names %s, which no item has as its id.", item)
    return AnswerApproval(services, rules, hub)


def _key(services: Services, purpose: str) -> bytes:
    """Return a key for one purpose, derived from the installation's secret key."""
    return services.database.cipher.blind_index(purpose, "derived-key").encode()


def _add_pages(app: Sanic, services: Services) -> None:
    for name, after in SCRIPTS.items():
        script = BundledScript(WEB / name, WEB / after if after else None)
        app.add_route(as_function(script.serve), f"/web/{name}", methods=["GET"])
    app.static("/web", str(WEB))

    for address, page in PAGES.items():
        app.static(address, str(WEB / page), name=f"page-{address.strip('/').replace('/', '-') or 'portal'}")

    @app.get("/openapi.json")
    async def openapi(_: Request) -> HTTPResponse:
        return json_response(openapi_document())

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        rephrasing = services.rephrasing
        return json_response({"status": "ready", **({"rephrasing": rephrasing.counts} if rephrasing else {})})


async def _advance_applications(assistant: Assistant, hub: ConversationHub) -> None:
    """Let the embedded back office work, and tell the conversations whose applications are done."""
    while True:
        try:
            await asyncio.to_thread(assistant.services.connector.advance)
            tell_news(assistant.notices, hub)
        except Exception as error:  # the back office's trouble must not end the server
            logger.error("The back office could not move on: %s", type(error).__name__)
        await asyncio.sleep(ADVANCE_EVERY_SECONDS)


async def _keep(step: Callable[[datetime], None], services: Services, kept: str) -> None:
    """Keep moving what waits for a person: those in the queue, answers to be approved."""
    while True:
        try:
            step(services.clock())
        except Exception as error:  # the storage's trouble must not end the server
            logger.error("%s could not be kept: %s", kept, type(error).__name__)
        await asyncio.sleep(KEEP_QUEUE_EVERY_SECONDS)


def tell_news(notices: Notices, hub: ConversationHub) -> None:
    """Publish the news of applications, and mark as told what has been kept; the rest is told the next time."""
    for news in notices.pending():
        if hub.publish(news.conversation_id, news.type, news.payload).seq is None:
            return
        notices.mark_told(news)


async def _secure(request: Request, response: HTTPResponse) -> None:
    if response is not None:
        for header, value in SECURITY_HEADERS.items():
            response.headers.setdefault(header, value)


async def _plain_error(request: Request, error: Exception) -> HTTPResponse:
    """Answer an error in one sentence; what went wrong inside stays inside."""
    if isinstance(error, SanicException):
        return json_response({"message": str(error)}, status=error.status_code)
    logger.error("A request failed: %s", type(error).__name__)
    return json_response({"message": request.app.ctx.agent.services.texts("error")}, status=500)
