"""The reply of a turn: what every way out (page, REST, batch, Rasa channel) is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.papers.papers import Paper
from actions.status import AnswerStatus

REPLY_KEY = "wenban"
"""the key of a bot message's custom JSON that carries a `Reply`"""


@dataclass(frozen=True)
class Citation:
    """Where a sentence of an answer comes from."""

    item: str | None
    """None for a passage"""
    item_name: str
    """the guide's item, or the passage's name"""
    field: str
    field_label: str
    source: str
    checked: str | None
    sample: bool


@dataclass(frozen=True)
class Choice:
    """Something the citizen may pick, and what picking it does."""

    label: str
    item: str | None = None
    facet: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    does: str = "ask"
    """ask, apply, read (a passage to its end), person, chat, or reply (an answer to the running application)"""
    answers: str | None = None
    """affirm or deny, when a plain yes or no picks this choice"""
    passage: str | None = None


@dataclass(frozen=True)
class ApplicationView:
    """An application as the citizen sees it: values masked."""

    receipt_number: str | None
    state: str
    state_label: str
    fields: tuple[Mapping[str, Any], ...] = ()
    """{field, label, value (masked), editable}"""
    documents: tuple[Mapping[str, str], ...] = ()
    """{name, url}"""
    provisional_number: str | None = None
    """by which one asks for what its department does not have (state `kept`), or did not have at first"""


@dataclass(frozen=True)
class Reply:
    """One turn's reply."""

    status: AnswerStatus
    text: str
    item: str | None = None
    item_name: str | None = None
    facet: str | None = None
    confidence: float = 0.0
    """0 to 1: that the item is right"""
    candidates: tuple[Mapping[str, Any], ...] = ()
    """{item, score}, best first, also when nothing was answered"""
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    plain_text: str | None = None
    """the guide's own words, where `text` rephrases them"""
    application: ApplicationView | None = None
    papers: tuple[Paper, ...] = ()
    """to download or print"""
    notice: str | None = None
    urgent: Mapping[str, str] | None = None
    """{number}: a telephone number to call at once"""
    approval: str | None = None
    """the id under which the answer waits for a member of staff's yes"""
    language: str | None = None
    """BCP 47 tag of the language of `text` where that is not Chinese"""

    def as_json(self) -> dict[str, Any]:
        """Return the reply as plain values."""
        return {
            **vars(self),
            "status": self.status.value,
            "choices": [{**vars(choice)} for choice in self.choices],
            "citations": [{**vars(citation)} for citation in self.citations],
            "application": {**vars(self.application)} if self.application else None,
            "papers": [{**vars(paper)} for paper in self.papers],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reply:
        """Read what `as_json` wrote."""
        application = value.get("application")
        return cls(
            **{
                **value,
                "status": AnswerStatus(value["status"]),
                "candidates": tuple(value.get("candidates") or ()),
                "choices": tuple(Choice(**choice) for choice in value.get("choices") or ()),
                "citations": tuple(Citation(**citation) for citation in value.get("citations") or ()),
                "application": ApplicationView(**application) if application else None,
                "papers": tuple(Paper(**paper) for paper in value.get("papers") or ()),
            }
        )


def merge(replies: Iterable[Reply]) -> Reply | None:
    """Join the replies of one turn; the first says what the turn came to, the last what may be picked next."""
    parts = list(replies)
    if not parts:
        return None
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return first
    return replace(
        first,
        text="\n".join(part.text for part in parts if part.text),
        choices=last.choices or first.choices,
        citations=tuple(citation for part in parts for citation in part.citations),
        plain_text="\n".join(part.plain_text or part.text for part in parts if part.text)
        if any(part.plain_text for part in parts)
        else None,
        papers=tuple(paper for part in parts for paper in part.papers),
        application=next((part.application for part in reversed(parts) if part.application), None),
    )
