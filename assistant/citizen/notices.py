"""What became of the citizen's applications: told in the conversation, or at the next visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from actions.applications import view
from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from storage.application_records import Notice
from storage.applications import ApplicationState

BOOK_TITLE_MARKS = "《》"


class Notices:
    """Tell each conversation once what it has not heard yet."""

    def __init__(self, services: Services) -> None:
        """Keep the services that the news come from."""
        self._services = services

    def reply_for(self, conversation_id: str) -> Reply | None:
        """Return the news of a conversation as a reply and mark them as told; None when there are none to say."""
        lines = [self._sentence(notice) for notice in self._take(conversation_id)]
        return Reply(AnswerStatus.TRACKED, "\n".join(lines)) if lines else None

    def issued(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the news of every conversation as event payloads, and mark them as told."""
        for conversation_id in self._services.applications.conversations_with_notices():
            for notice in self._take(conversation_id):
                application = self._services.applications.by_receipt(notice.receipt_number)
                if application is None:
                    continue
                shown = view(self._services, application)
                yield (
                    conversation_id,
                    {
                        "receipt_number": notice.receipt_number,
                        "item_name": self._item_name(notice.item_id),
                        "state_label": shown.state_label,
                        "documents": list(shown.documents),
                        "text": self._sentence(notice),
                    },
                )

    def _take(self, conversation_id: str) -> list[Notice]:
        notices = self._services.applications.pending_notices(conversation_id)
        self._services.applications.mark_told([notice.id for notice in notices])
        return [notice for notice in notices if notice.state is ApplicationState.ISSUED]

    def _sentence(self, notice: Notice) -> str:
        item = self._item_name(notice.item_id).strip(BOOK_TITLE_MARKS)
        return self._services.texts("issued_notice", item=item, receipt=notice.receipt_number)

    def _item_name(self, item_id: str) -> str:
        """Return what an item is called; its guide may have been taken away since it was applied for."""
        item = self._services.catalogue.items.get(item_id)
        flow = self._services.flows.get(item_id)
        return item.name if item else flow.name if flow else item_id
