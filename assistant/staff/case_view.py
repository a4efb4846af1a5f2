"""What a conversation is about, as staff see it: the item and why, its materials, the application so far, masked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.applications import item_name
from actions.services import Services
from actions.texts import Texts
from assistant.citizen.wire import EventType
from knowledge_base.cases import guide_for
from knowledge_base.guides import Material
from storage.application_records import Application
from storage.transcripts import TranscriptEntry

FocusOf = Callable[[str], Awaitable[Mapping[str, Any]]]
"""conversation id → what the assistant keeps of its subject (`actions/focus.py`)"""
_QUOTED = 60
"""characters of the citizen's question"""


@dataclass(frozen=True)
class FieldValue:
    """A value of an application, as it was given."""

    item_id: str
    value: str


class CaseView:
    """Read the subject of a conversation; personal values are masked, and given one by one to who may see them."""

    def __init__(self, services: Services, focus_of: FocusOf, texts: Texts) -> None:
        """Keep where it comes from; `texts` are those of data/texts/staff.yml."""
        self._services = services
        self._focus_of = focus_of
        self._texts = texts
        self._facets = Texts.load(services.data / "texts" / "editor.yml")

    async def of(self, conversation_id: str) -> dict[str, Any]:
        """Return the item in focus, the materials that its guide asks for, and the application; each may be missing."""
        application = self._application(conversation_id)
        focus = await self._focus_of(conversation_id)
        item_id = focus.get("item") or (application.item_id if application else None)
        item = self._services.catalogue.items.get(str(item_id))
        materials = guide_for(item, focus.get("facts") or {}).guide.materials if item is not None else ()
        why = self._why(conversation_id, str(item_id), application) if item is not None else ""
        return {
            "item": {"item_id": item.item_id, "name": item.name, "why": why} if item is not None else None,
            "materials": [{"name": one.name, "request": self._request(one)} for one in materials or ()],
            "application": None if application is None else self._shown(application),
        }

    def value(self, conversation_id: str, field: str) -> FieldValue | None:
        """Return a field of the conversation's application as it was given, or None where there is none."""
        application = self._application(conversation_id)
        flow = self._services.flows.get(application.item_id) if application is not None else None
        value = application.fields.get(field) if application is not None else None
        if application is None or flow is None or not value or field not in flow.by_name:
            return None
        return FieldValue(application.item_id, flow.by_name[field].kind.display(value))

    def _application(self, conversation_id: str) -> Application | None:
        applications = self._services.applications
        return applications.active_draft(conversation_id) or applications.paused_draft(conversation_id)

    def _shown(self, application: Application) -> dict[str, Any]:
        flow = self._services.flows.get(application.item_id)
        fields = flow.by_name if flow is not None else {}
        active = self._services.applications.active_draft(application.conversation_id)
        return {
            "item_id": application.item_id,
            "name": item_name(self._services, application.item_id),
            "state": self._texts("application_running" if active else "application_paused"),
            "fields": [
                {
                    "field": line.field,
                    "label": line.label,
                    "value": line.value,
                    "masked": line.field in fields and fields[line.field].masked and bool(line.value),
                }
                for line in self._services.engine.summary(application)
            ],
        }

    def _request(self, material: Material) -> str:
        key = "material_request_form" if material.form else "material_request"
        return self._texts(key, name=material.name, form=material.form)

    def _why(self, conversation_id: str, item_id: str, application: Application | None) -> str:
        """Tell why an item is in focus: its application, or the question that was answered with it last."""
        if application is not None and application.item_id == item_id:
            return self._texts("focus_application")
        question, asked = "", ""
        for entry in self._services.transcripts.all_since(conversation_id):
            if entry.payload.get("type") == EventType.MESSAGE.value:
                question = str(entry.payload.get("text") or "")
            elif _is_about(entry, item_id) and question:
                asked = self._asked(question, str(entry.payload.get("facet")))
        return asked or self._texts("focus_mentioned")

    def _asked(self, question: str, facet: str) -> str:
        label = f"facet_{facet}"
        if facet == "general" or label not in self._facets:
            return self._texts("focus_asked_general", question=_quoted(question))
        return self._texts("focus_asked", question=_quoted(question), facet=self._facets(label))


def _is_about(entry: TranscriptEntry, item_id: str) -> bool:
    item = entry.payload.get("item") or {}
    return entry.payload.get("type") == EventType.REPLY.value and item.get("item_id") == item_id


def _quoted(question: str) -> str:
    return question if len(question) <= _QUOTED else f"{question[:_QUOTED]}…"
