"""What staff change in the assistant's answers, by item and field: where a guide says it otherwise than they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from actions.draft_edits import Change, edit_between
from knowledge_base.answers import FIELD_OF_FACET
from storage.approvals import HeldAnswers
from storage.change_decisions import ChangeDecision, ChangeDecisions
from storage.database import Database
from storage.draft_history import DraftHistory, DraftVerdict
from storage.gap_decisions import GapState

SHOWN = 4
"""edits of one field, the most frequent"""
LONGEST_SHOWN = 160
"""characters of a sentence that staff wrote; a longer one tells a story, and stories tell who somebody is"""
_OVERVIEW = "summary"
"""the field of answers whose facet has none of its own"""


@dataclass(frozen=True)
class FieldEdit:
    """A sentence of an answer as it was drafted and as staff sent it, personal data masked."""

    before: str | None
    """None where it was added"""
    after: str | None
    """None where it was left out"""
    count: int


@dataclass(frozen=True)
class StaffChange:
    """What staff changed of one field of one item."""

    item_id: str
    field: str
    edited: int
    """answers sent with changes in this field"""
    rejected: int
    """answers about it that staff had no use for"""
    conversations: int
    first: datetime
    last: datetime
    edits: tuple[FieldEdit, ...]
    state: GapState


@dataclass(frozen=True)
class StaffChanges:
    """What was found, the most changed first."""

    shown: tuple[StaffChange, ...]
    withheld: int
    """fields changed in too few conversations to be shown"""


@dataclass
class _Group:
    edited: int = 0
    rejected: int = 0
    conversations: set[str] = field(default_factory=set)
    moments: list[datetime] = field(default_factory=list)
    edits: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)


class StaffChangeList:
    """Gather what staff changed in drafts and in answers that waited for their yes."""

    def __init__(self, database: Database, least: int) -> None:
        """Take the storage, and in how many conversations a field must have been changed to be shown."""
        self._drafts = DraftHistory(database)
        self._held = HeldAnswers(database)
        self._decisions = ChangeDecisions(database)
        self._least = least

    def look(self, since: datetime) -> StaffChanges:
        """Return what was changed since a moment."""
        groups = _groups([*self._drafts.verdicts(since), *self._of_held(since)])
        decisions = self._decisions.all()
        shown = [
            self._change(key, group, decisions.get(key))
            for key, group in groups.items()
            if len(group.conversations) >= self._least
        ]
        shown.sort(key=lambda one: (-one.edited - one.rejected, one.item_id, one.field))
        return StaffChanges(tuple(shown), len(groups) - len(shown))

    def decide(self, item_id: str, field_name: str, state: GapState, staff_id: str) -> None:
        """Settle, dismiss or open again what was changed so far; what is changed later is open."""
        self._decisions.set(item_id, field_name, state, staff_id)

    def _of_held(self, since: datetime) -> Iterator[DraftVerdict]:
        for held in self._held.edited_since(since):
            if held.reply.get("item") and held.decided_at is not None:
                yield DraftVerdict(
                    item_id=str(held.reply["item"]),
                    facet=str(held.reply.get("facet") or ""),
                    text=str(held.reply["text"]),
                    fields=(),
                    sent=held.sent_masked,
                    conversation_id=held.conversation_id,
                    at=held.decided_at,
                )

    def _change(self, key: tuple[str, str], group: _Group, decision: ChangeDecision | None) -> StaffChange:
        last = max(group.moments)
        return StaffChange(
            item_id=key[0],
            field=key[1],
            edited=group.edited,
            rejected=group.rejected,
            conversations=len(group.conversations),
            first=min(group.moments),
            last=last,
            edits=tuple(
                FieldEdit(before, after, count)
                for (before, after), count in group.edits.most_common()
                if self._may_be_shown(before, after, count)
            )[:SHOWN],
            state=decision.state if decision and decision.at >= last else GapState.OPEN,
        )

    def _may_be_shown(self, before: str | None, after: str | None, count: int) -> bool:
        """Tell whether an edit says nothing of one person: what was added once may be about whom it was said to."""
        if before is None and count < self._least:
            return False
        return after is None or len(after) <= LONGEST_SHOWN


def _groups(verdicts: Iterable[DraftVerdict]) -> dict[tuple[str, str], _Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for verdict in verdicts:
        changes = _changes(verdict) if verdict.sent is not None else ()
        touched = {name for name, _ in changes} if verdict.sent is not None else {_main_field(verdict)}
        for name in touched:
            group = groups.setdefault((verdict.item_id, name), _Group())
            group.edited += verdict.sent is not None
            group.rejected += verdict.sent is None
            group.conversations.add(verdict.conversation_id)
            group.moments.append(verdict.at)
        for name, change in changes:
            groups[verdict.item_id, name].edits[change.before, change.after] += 1
    return groups


def _changes(verdict: DraftVerdict) -> tuple[tuple[str, Change], ...]:
    """Return each sentence that was changed, left out or added, and the field that it stands in."""
    lines = verdict.text.split("\n")
    fields = verdict.fields if len(verdict.fields) == len(lines) else (_main_field(verdict),) * len(lines)
    name, found = fields[0], []
    for change in edit_between(verdict.text, verdict.sent or "").changes:
        before = change.before
        if before is not None:
            name = next((own for line, own in zip(lines, fields, strict=True) if before in line), name)
        if change.kind != "kept":
            found.append((name, change))
    return tuple(found)


def _main_field(verdict: DraftVerdict) -> str:
    return FIELD_OF_FACET.get(verdict.facet, _OVERVIEW)
