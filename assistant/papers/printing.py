"""Papers as files and pages: drawn once, one at a time, and kept in memory for whoever fetches them again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from cachetools import LRUCache
from sanic.exceptions import InvalidUsage
from sanic.response import HTTPResponse, html, raw

from actions.papers.authorisation_page import form_of
from actions.papers.checklist import Checklist
from actions.papers.checklist_page import pdf_of
from actions.services import Services
from assistant.papers.checklist_html import PAPERS, page_of
from knowledge_base.items import ServiceItem
from storage.checklists import KeptChecklist

_KEPT_DRAWINGS = 100
_HEADERS = {"Content-Disposition": "attachment", "Cache-Control": "no-store"}


class Printing:
    """Draw papers; a drawing takes seconds of processor time in a process of its own."""

    def __init__(self, services: Services) -> None:
        """Keep the services, whose texts stand on the papers."""
        self._texts = services.papers.writer.texts
        self._materials = services.answer_texts("field_materials")
        self._drawings: LRUCache[tuple[str, ...], asyncio.Future[bytes]] = LRUCache(maxsize=_KEPT_DRAWINGS)
        self._pen = asyncio.Lock()

    async def checklist_pdf(self, kept: KeptChecklist) -> HTTPResponse:
        """Answer with a notice as PDF."""
        checklist = Checklist.from_mapping(kept.content)
        return await self._pdf((kept.id,), lambda: pdf_of(checklist, self._texts, self._materials))

    async def authorisation_pdf(self, item: ServiceItem) -> HTTPResponse:
        """Answer with the form of an authorisation for an item as PDF."""
        key = (item.item_id, item.name, item.department)
        return await self._pdf(key, lambda: form_of(item.name, item.department, self._texts))

    def checklist_page(self, kept: KeptChecklist, paper: str | None) -> HTTPResponse:
        """Answer with a notice as a page to be printed; raise InvalidUsage for a paper that is none of ours."""
        if paper is not None and paper not in PAPERS:
            raise InvalidUsage(f"`paper` is one of {', '.join(PAPERS)}.")
        checklist = Checklist.from_mapping(kept.content)
        page = page_of(checklist, self._texts.below(), self._materials, paper or PAPERS[0])
        return html(page, headers={"Cache-Control": "no-store"})

    async def _pdf(self, key: tuple[str, ...], draw: Callable[[], bytes]) -> HTTPResponse:
        """Answer with a drawing; one that nobody waits for any more goes on, for the next who asks."""
        drawing = self._drawings.get(key)
        if drawing is None or (drawing.done() and drawing.exception() is not None):
            drawing = self._drawings[key] = asyncio.ensure_future(self._draw(draw))
        return raw(await asyncio.shield(drawing), content_type="application/pdf", headers=_HEADERS)

    async def _draw(self, draw: Callable[[], bytes]) -> bytes:
        async with self._pen:
            return await asyncio.to_thread(draw)
