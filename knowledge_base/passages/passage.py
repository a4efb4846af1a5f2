"""One passage: a text that answers something, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

_DATES = ("checked", "effective", "expires")


@dataclass(frozen=True)
class Passage:
    """The answer to a question, or an article of a policy text."""

    passage_id: str
    title: str
    """the question, or the heading of the article"""
    text: str
    source: str
    """an address, a department or a file; `sample` for an example"""
    document: str = ""
    """title of the policy text it is an article of"""
    department: str = ""
    checked: date | None = None
    items: tuple[str, ...] = ()
    """the service items it belongs to"""
    effective: date | None = None
    expires: date | None = None
    """the first day on which it no longer holds"""
    sample: bool = False

    @property
    def name(self) -> str:
        """What a citizen sees as its name: the policy text with the heading, or the question."""
        return f"{self.document} {self.title}".strip()

    def in_force(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.effective is None or self.effective <= day) and (self.expires is None or day < self.expires)

    def as_json(self) -> dict[str, Any]:
        """Return the passage as plain values."""
        own = asdict(self)
        return {**own, **{name: own[name] and own[name].isoformat() for name in _DATES}}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Passage:
        """Read what `as_json` wrote."""
        dates = {name: date.fromisoformat(value[name]) if value.get(name) else None for name in _DATES}
        return cls(**{**value, **dates, "items": tuple(value.get("items") or ())})
