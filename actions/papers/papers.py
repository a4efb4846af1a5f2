"""The papers that a conversation may be given, and what a reply shows of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.flows.name_field import masked_name
from actions.papers.checklist import Checklist, ChecklistWriter
from knowledge_base.cases import guide_for
from knowledge_base.guides import Material
from knowledge_base.items import ServiceItem
from storage.checklists import Checklists

if TYPE_CHECKING:
    from actions.services import Services

APPLICANT = "applicant"
"""the dimension that tells whether one applies for another person"""


@dataclass(frozen=True)
class Paper:
    """A paper as a reply offers it: addresses of this server, to be fetched with the conversation's token."""

    kind: str
    """checklist or authorisation"""
    title: str
    details: tuple[str, ...]
    """lines to show with it"""
    name: str
    """of the file"""
    url: str
    """of the PDF"""
    page: str | None = None
    """of the page to be printed, where there is one"""


@dataclass(frozen=True)
class Papers:
    """What writes notices, and keeps them."""

    writer: ChecklistWriter
    kept: Checklists

    def checklist(
        self, services: Services, conversation_id: str, item: ServiceItem, facts: Mapping[str, Any]
    ) -> tuple[Paper, Checklist]:
        """Make and keep the notice for a citizen's case; return it and what a reply shows of it.

        Of the citizen only the masked name is on it, where an application or a sign-in tells it. Of the running
        application for the item it says what is still to be filled in.
        """
        draft = services.engine.outline(conversation_id)
        if draft is not None and draft.item_id != item.item_id:
            draft = None
        if draft is not None and draft.applicant is not None and APPLICANT in item.dimensions:
            facts = {**facts, APPLICANT: draft.applicant}
        holder = draft.name if draft is not None else _signed_in(services, conversation_id, facts)
        written = self.writer.write(
            item, facts, services.catalogue, services.clock(), holder, draft.unfilled if draft is not None else ()
        )
        kept = self.kept.add(conversation_id, written.as_mapping())
        return self.paper(kept.id, written), written

    def paper(self, checklist_id: str, checklist: Checklist) -> Paper:
        """Return what a reply shows of a notice."""
        texts, address = self.writer.texts, f"/api/checklists/{checklist_id}"
        return Paper(
            kind="checklist",
            title=texts("card"),
            details=(checklist.item_name, texts("card_case", case=checklist.case)),
            name=texts("file_name", name=checklist.item_name),
            url=address,
            page=f"{address}/page",
        )

    def authorisation(self, services: Services, conversation_id: str, item_id: str | None) -> tuple[str, Paper] | None:
        """Return the sentence that a written authorisation is asked for, and its form; None where it is not."""
        item, flow = services.catalogue.items.get(item_id or ""), services.flows.get(item_id or "")
        if item is None or flow is None or flow.agency is None:
            return None
        material = written_authorisation(item, services.engine.texts("applicant_other"), flow.agency.written)
        if material is None:
            return None
        sentence = self.writer.texts("written", material=material.name)
        return sentence, self._form(conversation_id, item)

    def _form(self, conversation_id: str, item: ServiceItem) -> Paper:
        texts = self.writer.texts
        return Paper(
            kind="authorisation",
            title=texts("authorisation_card"),
            details=(item.name,),
            name=texts("authorisation_file_name", name=item.name),
            url=f"/api/conversations/{conversation_id}/authorisation-forms/{item.item_id}",
        )


def written_authorisation(item: ServiceItem, other: str, written: re.Pattern[str]) -> Material | None:
    """Return the material by which the guide asks for a written authorisation of whom one applies for, or None.

    `other` is the value of the applicant's dimension that stands for another person.
    """
    guide = guide_for(item, {APPLICANT: other}).guide
    return next((one for one in guide.materials or () if written.search(one.name)), None)


def _signed_in(services: Services, conversation_id: str, facts: Mapping[str, Any]) -> str:
    """Return the masked name of who is signed in, unless the case is another person's."""
    bound = services.conversations.get(conversation_id)
    if bound is None or bound.identity is None or facts.get(APPLICANT) == services.engine.texts("applicant_other"):
        return ""
    return masked_name(bound.identity.full_name)
