"""What became of the citizen's applications: told in the conversation, or at the next visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actions import provisional_news
from actions.applications import delivered, item_name, title_of, view
from actions.flows.engine import Phase
from actions.office_news import due_of, due_words, event_label
from actions.reply import Choice, Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.citizen.wire import EventType, reply_payload
from storage.application_records import Notice
from storage.applications import Application, ApplicationState

FOREIGN = ":"
"""what stands in the id of a conversation of Rasa's channels, after the channel's name, and in none of ours"""


@dataclass(frozen=True)
class News:
    """What a conversation is to be told of an application, as an event."""

    notice_id: int
    conversation_id: str
    type: EventType
    payload: Mapping[str, Any]


class Notices:
    """Tell each conversation once what it has not heard yet."""

    def __init__(self, services: Services) -> None:
        """Keep the services that the news come from."""
        self._services = services
        self._applications = services.applications

    def reply_for(self, conversation_id: str) -> Reply | None:
        """Return the news of a conversation as a reply and mark them as told; None when there are none to say."""
        notices = self._applications.pending_notices(conversation_id)
        lines = [sentence for notice in notices if (sentence := self._sentence(notice))]
        self._applications.mark_told([notice.id for notice in notices])
        return Reply(AnswerStatus.TRACKED, "\n".join(lines)) if lines else None

    def pending(self) -> Iterator[News]:
        """Yield what our own conversations are to be told; whoever tells it calls `mark_told` then.

        A conversation of another channel has no events: it hears of it in a reply, at its next message. While a person
        has a conversation the assistant says nothing in it: a certificate is shown, the rest waits.
        """
        to_tell = [one for one in self._applications.conversations_with_notices() if FOREIGN not in one]
        for conversation_id in to_tell:
            silent = self._services.handoffs.is_with_person(conversation_id)
            for notice in self._applications.pending_notices(conversation_id):
                news = self._news(conversation_id, notice)
                if news is None:
                    self._applications.mark_told([notice.id])
                elif not silent or news.type is not EventType.REPLY:
                    yield news

    def on_arrival(self, conversation_id: str) -> Reply | None:
        """Return what a citizen must answer who comes anew, in a conversation other than where it was asked."""
        office, lines = self._services.back_office, []
        for receipt in office.supplements.waited_for(conversation_id):
            application = self._applications.by_receipt(receipt)
            asked = office.supplements.of(receipt)
            if application is None or not asked:
                continue
            item = title_of(item_name(self._services, application.item_id))
            lines += [office.texts("arrival", item=item, receipt=receipt), office.listed(asked[-1].wanted)]
        if not lines:
            return None
        choice = Choice(office.texts("supplement_now"), does="reply")
        return Reply(AnswerStatus.TRACKED, "\n".join([*lines, office.texts("supplement_how")]), choices=(choice,))

    def mark_told(self, news: News) -> None:
        """Note that a conversation has been told."""
        self._applications.mark_told([news.notice_id])

    def _news(self, conversation_id: str, notice: Notice) -> News | None:
        """Return a notice as an event, or None when there is nothing to say."""
        sentence = self._sentence(notice)
        application = self._applications.by_receipt(notice.receipt_number)
        if sentence is None or application is None:
            return None
        sentence = "\n".join([sentence, *self._flow_goes_on(conversation_id)])
        if notice.state is ApplicationState.ISSUED:
            payload = self._issued(application, sentence)
            return News(notice.id, conversation_id, EventType.APPLICATION_ISSUED, payload)
        handed_over = notice.state is ApplicationState.SUBMITTED
        reply = Reply(
            AnswerStatus.SUBMITTED if handed_over else AnswerStatus.TRACKED,
            sentence,
            item=notice.item_id,
            item_name=item_name(self._services, notice.item_id),
            choices=self._choices(application),
            application=view(self._services, application),
        )
        return News(notice.id, conversation_id, EventType.REPLY, reply_payload(reply, 0.0))

    def _issued(self, application: Application, sentence: str) -> dict[str, Any]:
        shown = view(self._services, application)
        return {
            "receipt_number": application.receipt_number,
            "item_name": item_name(self._services, application.item_id),
            "state_label": shown.state_label,
            "documents": list(shown.documents),
            "text": sentence,
        }

    def _sentence(self, notice: Notice) -> str | None:
        """Return what is said of a change of state; None of one that needs no words."""
        texts, key = self._services.texts, f"{notice.state.value}_notice"
        office = self._services.back_office
        application = self._applications.by_receipt(notice.receipt_number)
        if notice.state is ApplicationState.SUBMITTED and application is not None:
            return self._delivered(notice, application)
        goes_by_itself = notice.state is ApplicationState.ACCEPTED and not office.is_by_staff(notice.item_id)
        if key not in texts or application is None or goes_by_itself:
            return None
        due = due_of(self._services, application)
        return texts(
            key,
            item=title_of(item_name(self._services, notice.item_id)),
            receipt=notice.receipt_number,
            note=self._note(notice, application),
            state=self._refusal(notice),
            due=texts("tracked_due", due=due_words(self._services, due)) if due else "",
            delivered=delivered(self._services, application),
        )

    def _delivered(self, notice: Notice, application: Application) -> str | None:
        """Return the news that a department has taken what it could not be reached for; None of a later submission."""
        if notice.at != application.submitted_at:
            return None
        item = title_of(item_name(self._services, notice.item_id))
        return provisional_news.delivered_notice(self._services, application, item)

    def _note(self, notice: Notice, application: Application) -> str:
        """Return what a change of state comes with: what is asked for and how to answer, why it is refused, a note."""
        texts, office = self._services.texts, self._services.back_office
        if notice.state is ApplicationState.SUPPLEMENT:
            asked = texts("notice_list", note=notice.note) if notice.note else ""
            answered_here = bool(self._choices(application))
            return asked + office.texts("supplement_how" if answered_here else "supplement_at_department")
        if notice.state is ApplicationState.REFUSED:
            reason = texts("notice_reason", note=f"{notice.note}\n") if notice.note else ""
            return reason + office.texts("objection")
        return texts("notice_note", note=notice.note) if notice.note else ""

    def _refusal(self, notice: Notice) -> str:
        """Return what a refusal is called as of the moment it tells of."""
        events = self._applications.events(notice.receipt_number)
        place = next((place for place, event in enumerate(events) if event.state is notice.state), None)
        return "" if place is None else event_label(self._services, notice.item_id, events, place)

    def _choices(self, application: Application) -> tuple[Choice, ...]:
        """Return what may be picked at news: to answer at once what the desk asks for."""
        office = self._services.back_office
        waited_for = office.supplements.waited_for(application.conversation_id)
        if application.receipt_number not in waited_for:
            return ()
        return (Choice(office.texts("supplement_now"), does="reply"),)

    def _flow_goes_on(self, conversation_id: str) -> Iterator[str]:
        """Yield how the application goes on that is being filled in: news must not make its question forgotten."""
        engine, texts = self._services.engine, self._services.back_office.texts
        expected = engine.expected(conversation_id)
        if expected is None:
            return
        if expected.phase in (Phase.ASK, Phase.APPLICANT):
            yield texts("flow_goes_on", question=engine.resume(conversation_id).text)
        else:
            yield texts("flow_waits")
