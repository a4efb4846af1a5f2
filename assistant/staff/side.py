"""The staff's part of the server, wired: the console, the desks, and who looks after those that wait."""

from __future__ import annotations

import logging

from sanic import Sanic

from actions.approval_rules import ApprovalRules
from actions.drafting import Drafter
from actions.services import Services
from actions.texts import Texts
from assistant.assistant import Assistant
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.hub import ConversationHub
from assistant.citizen.limits import RateLimiter
from assistant.editor.gap_list import GapList
from assistant.nlu import resources
from assistant.papers.printing import Printing
from assistant.side import Side, keep
from assistant.staff.applications_desk import ApplicationsDesk
from assistant.staff.approval_desk import ApprovalDesk
from assistant.staff.approval_keeper import ApprovalKeeper
from assistant.staff.audit_desk import AuditDesk
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
from storage.drafts import AnswerDrafts

logger = logging.getLogger(__name__)


def staff_sides(
    app: Sanic,
    citizens: CitizenChannel,
    sessions: StaffSessions,
    limiter: RateLimiter,
    printing: Printing,
    gaps: GapList,
) -> tuple[Side, ...]:
    """Return the staff's sides; who waits for them is looked after as long as the server runs."""
    assistant, hub = citizens.assistant, citizens.hub
    services, guard = assistant.services, assistant.agent.guard
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
        guard.without_values,
    )
    approval = assistant.agent.approval = _approval(services, hub)
    _keep(app, citizens, sessions, approval)
    app.add_task(live.keep())
    return (
        sessions,
        desk,
        StaffConsole(services, hub, sessions, citizens.places, cases, choices),
        live,
        DraftingDesk(services, drafts, sessions),
        ApprovalDesk(services, approval, citizens, sessions, guard, desk.take_over),
        FollowUpDesk(services, hub, sessions, assistant.agent.ratings.book, citizens.asker, guard),
        ApplicationsDesk(services, sessions, guard),
        ChecklistDesk(services, hub, sessions, printing),
        FiguresDesk(services, gaps, sessions),
        AuditDesk(services, sessions),
    )


def _keep(app: Sanic, citizens: CitizenChannel, sessions: StaffSessions, approval: AnswerApproval) -> None:
    services, audit = citizens.assistant.services, sessions.audit
    queue = QueueKeeper(services, citizens.hub, citizens.places, audit, sessions.texts)
    transfers = TransferKeeper(services, sessions.staff, audit, sessions.texts)
    approvals = ApprovalKeeper(services, approval, audit)
    app.add_task(keep(queue.step, services.clock, "The queue"))
    app.add_task(keep(transfers.step, services.clock, "What was transferred"))
    app.add_task(keep(approvals.step, services.clock, "What waits for approval"))


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
