"""Asking by a provisional number (暂存号): understood at the gate, before anything personal is stored."""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest

from actions import provisional_news
from actions.applications import applications_of, bare_view, item_name, line_of, title_of, view
from actions.reply import ApplicationView, Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.citizen.provisional_words import PROOF, Named, ProvisionalWords
from storage.applications import Application
from storage.audit import AuditTrail
from storage.provisional_checks import Bar
from storage.standing import Standing

ACTOR = "citizen"
"""who asks by a number, in the audit trail: it is not known who"""


@dataclass(frozen=True)
class Taken:
    """A message that asked by a number, or proved one."""

    shown: str
    """the message as it may be kept, what proves the number hidden"""
    reply: Reply


class ProvisionalGate:
    """Tell whoever has a number what became of its application, once they prove that it is theirs.

    Where the conversation knows them already, nothing is asked. Of a number that nobody has the same is asked, and the
    same is said of a wrong answer: whether there is such a number is private too.
    """

    def __init__(self, services: Services, audit: AuditTrail) -> None:
        """Keep the services and the trail of who looked; the words are those of data/texts/provisional.yml."""
        self._services = services
        self._numbers = services.provisional.numbers
        self._checks = services.provisional.checks
        self._texts = services.provisional.texts
        self._words = ProvisionalWords(self._texts)
        self._audit = audit

    def take(self, conversation_id: str, text: str, standing: Standing) -> Taken | None:
        """Return the reply to a message about a number, or None for the dialogue to find out.

        `text` is as the citizen wrote it: what proves a number is hidden in what is kept of it.
        """
        index = self._checks.awaiting(conversation_id) if standing.awaits_proof else None
        named = self._words.named(text, in_application=standing.has_draft)
        if named is not None:
            return Taken(named.shown, self._asked(conversation_id, named))
        if not standing.awaits_proof:
            return None
        proof = self._words.proof(text) if index is not None else None
        if index is None or proof is None:
            self._checks.drop(conversation_id)
            return None
        if proof.end is None:
            return Taken(proof.shown, self._question("proof_malformed"))
        return Taken(proof.shown, self._proved(conversation_id, index, proof.end))

    def _asked(self, conversation_id: str, named: Named) -> Reply:
        if named.number is None:
            return self._question("malformed" if named.is_attempt else "asked_number")
        index = self._numbers.index(named.number)
        application = self._application(index)
        if application is not None and self._is_known(conversation_id, application):
            self._checks.settle(conversation_id, index)
            return self._reply(application, line_of(self._services, application), view(self._services, application))
        if named.proof is not None:
            return self._proved(conversation_id, index, named.proof)
        bar = self._checks.bar(conversation_id, index)
        if bar is not None:
            return self._barred(conversation_id, bar)
        self._checks.ask(conversation_id, index)
        return self._question("asked")

    def _proved(self, conversation_id: str, index: str, end: str) -> Reply:
        bar = self._checks.count(conversation_id, index)
        if bar is not None:
            return self._barred(conversation_id, bar)
        application = self._application(index)
        id_number = "" if application is None else provisional_news.id_number_of(self._services, application)
        is_right = compare_digest(id_number[-PROOF:].upper().encode(), end.encode())
        if application is not None and is_right:
            self._audit.append(ACTOR, "read-by-provisional-number", application.receipt_number or "")
            return self._told(conversation_id, index, application)
        bar = self._checks.bar(conversation_id, index)
        if bar is None:
            self._checks.ask(conversation_id, index)
            return self._question("wrong", left=self._checks.left(index))
        if application is not None:
            self._audit.append(ACTOR, "barred-provisional-number", application.receipt_number or "")
        return self._barred(conversation_id, bar)

    def _told(self, conversation_id: str, index: str, application: Application) -> Reply:
        self._checks.settle(conversation_id, index)
        kept = self._numbers.of(application.receipt_number or "")
        assert kept is not None  # it was found by this number
        item = title_of(item_name(self._services, application.item_id))
        text = provisional_news.told(self._services, application, item, kept)
        return self._reply(application, text, bare_view(self._services, application))

    def _reply(self, application: Application, text: str, shown: ApplicationView) -> Reply:
        return Reply(
            AnswerStatus.TRACKED,
            text,
            item=application.item_id,
            item_name=item_name(self._services, application.item_id),
            facet="track",
            application=shown,
        )

    def _barred(self, conversation_id: str, bar: Bar) -> Reply:
        self._checks.drop(conversation_id)
        limits = self._checks.limits
        rests = limits.number_rests if bar is Bar.NUMBER else limits.conversation_rests
        minutes = int(rests.total_seconds() // 60)
        return Reply(AnswerStatus.TRACKED, self._texts(f"barred_{bar.value}", minutes=minutes))

    def _question(self, key: str, **named: int) -> Reply:
        return Reply(AnswerStatus.FLOW_ASKED, self._texts(key, **named))

    def _application(self, index: str) -> Application | None:
        receipt = self._numbers.receipt_by(index)
        return None if receipt is None else self._services.applications.by_receipt(receipt)

    def _is_known(self, conversation_id: str, application: Application) -> bool:
        mine = applications_of(self._services, conversation_id)
        return any(one.id == application.id for one in mine)
