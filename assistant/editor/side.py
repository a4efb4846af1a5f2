"""The editors' part of the server, wired."""

from __future__ import annotations

from sanic import Sanic

from assistant.assistant import Assistant
from assistant.editor.desk import EditorDesk
from assistant.editor.gap_desk import GapDesk
from assistant.editor.gap_list import GapList
from assistant.editor.index_keeper import IndexKeeper
from assistant.editor.knowledge import EditedKnowledge
from assistant.editor.workshop import Workshop
from assistant.side import Side
from assistant.staff.sessions import StaffSessions


def editor_sides(app: Sanic, assistant: Assistant, sessions: StaffSessions, gaps: GapList) -> tuple[Side, ...]:
    """Return the editors' sides; the index follows what they approve as long as the server runs."""
    services, settings = assistant.services, assistant.settings
    keeper = IndexKeeper(settings, services.revisions)
    knowledge = EditedKnowledge(services.data, settings.knowledge, services.guides, services.revisions)
    workshop = Workshop(services.database, knowledge, sessions.audit)
    app.add_task(keeper.keep())
    return EditorDesk(services, workshop, sessions, keeper), GapDesk(services, gaps, workshop, sessions)
