"""What the views of the editor's page are made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.services import Services
from actions.texts import Texts
from assistant.editor.differences import differences
from assistant.editor.knowledge import ItemUnknown
from assistant.editor.preview import preview
from assistant.editor.views import diff_view, line_of, problem_view
from assistant.editor.views import whole as whole_revision
from assistant.editor.workshop import Workshop
from knowledge_base.checks import ERROR
from storage.revisions import Revision
from storage.staff import StaffAccount


class EditorPages:
    """Gather what is shown about items and revisions; checking a draft may take a moment, so not on the event loop."""

    def __init__(self, services: Services, workshop: Workshop, texts: Texts) -> None:
        """Keep what is gathered from."""
        self._services = services
        self._workshop = workshop
        self._texts = texts

    def whole(self, revision: Revision) -> dict[str, Any]:
        """Return a revision with what is wrong with it, and whether what it is based on is in force no longer."""
        problems = self._workshop.problems(revision)
        return {
            **whole_revision(revision, problems, self._texts, self._services.database.now()),
            "overtaken": self._workshop.overtaken(revision),
        }

    def item(self, item_id: str, account: StaffAccount) -> dict[str, Any]:
        """Return an item in force, its history, one's own draft, and what stands in its way."""
        workshop, now = self._workshop, self._services.database.now()
        item = workshop.knowledge.catalogue.items.get(item_id)
        if item is None:
            raise ItemUnknown(ItemUnknown.__doc__)
        history = workshop.revisions.of_item(item_id)
        in_force = workshop.revisions.in_force().get(item_id)
        mine = workshop.open_of(item_id, account)
        ahead = [one for one in workshop.revisions.approved_ahead() if one.item_id == item_id]
        content = workshop.knowledge.in_force(item_id)
        return {
            "item": {"item_id": item_id, "name": item.name, "department": item.department, "theme": item.theme},
            "file": f"data/items/{item.file}",
            "guide": content["guide"],
            "asks": content["asks"],
            "in_force": in_force and line_of(in_force, now),
            "file_changed": in_force is not None and workshop.file_changed(in_force),
            "ahead": [line_of(one, now) for one in ahead],
            "mine": mine and self.whole(mine),
            "others": [line_of(one, now) for one in workshop.open(item_id) if one.author_id != account.id],
            "history": [line_of(one, now) for one in history],
        }

    def compared(self, revision_id: str) -> dict[str, Any]:
        """Return a revision and how it differs from what it was based on and from what is in force."""
        revision = self._workshop.revisions.get(revision_id)
        items = self._workshop.knowledge.catalogue.items
        if revision.item_id not in items:
            raise ItemUnknown(ItemUnknown.__doc__)
        now = self._workshop.knowledge.in_force(revision.item_id)
        return {
            **self.whole(revision),
            "name": items[revision.item_id].name,
            "differs_from_base": diff_view(differences(revision.base, revision.content)),
            "differs_from_now": diff_view(differences(now, revision.content)),
        }

    def previewed(self, revision_id: str) -> dict[str, Any]:
        """Return how the assistant would answer from a revision; of one with errors, the errors."""
        revision = self._workshop.revisions.get(revision_id)
        errors = [problem for problem in self._workshop.problems(revision) if problem.level == ERROR]
        # Ways of asking do not show in an answer, so what is wrong with them does not hinder a preview.
        hindering = [problem for problem in errors if not problem.element.startswith("asks")]
        catalogue = self._workshop.knowledge.catalogue
        if hindering:
            return {"problems": [problem_view(one, self._texts) for one in hindering], "answers": []}
        item = catalogue.read_item(revision.content["guide"])
        answers = preview(item, catalogue, self._services.answer_texts)
        return {"problems": [], "answers": [asdict(answer) for answer in answers]}
