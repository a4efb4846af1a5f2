"""The tabs of the back office's desk: which applications are in each, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from actions.back_office import BackOffice, attention
from actions.deadlines import Due, Lateness
from storage.application_desk import DeskEntry
from storage.applications import ApplicationState

PAGE = 30
"""lines that are sent at once"""


class Tab(str, Enum):
    TO_ACCEPT = "to_accept"
    SUPPLEMENT = "supplement"
    PROCESSING = "processing"
    OVERDUE = "overdue"
    """what has passed its day or is near it; it is in another tab too"""
    HANDED = "handed"
    """what a department has or is to get"""
    DECIDED = "decided"


OF_STATE = {
    ApplicationState.SUBMITTED: Tab.TO_ACCEPT,
    ApplicationState.SUPPLEMENT: Tab.SUPPLEMENT,
    ApplicationState.ACCEPTED: Tab.PROCESSING,
}


@dataclass(frozen=True)
class Listed:
    """A part of a tab; `more` says that there is more of it."""

    entries: tuple[DeskEntry, ...]
    more: bool


@dataclass(frozen=True)
class Attention:
    """How many limits have passed, and how many are near."""

    overdue: int
    near: int


class ApplicationLists:
    """One look at the open applications, put into tabs."""

    def __init__(self, office: BackOffice, item: str | None = None, hidden: frozenset[str] = frozenset()) -> None:
        """Look at the open applications, of one item or of all; `hidden` are the items of which none is shown."""
        self._office = office
        self._item = item
        self._without = office.filed | hidden
        self._open = office.desk.open(self._without, item)
        self._due = {entry.receipt_number: office.due(entry) for entry in self._open}

    def counts(self) -> dict[str, int]:
        """Return how many are in each tab."""
        counts = {tab.value: len(self._of(tab)) for tab in Tab if tab is not Tab.DECIDED}
        return {**counts, Tab.DECIDED.value: self._office.desk.count_decided(self._without, self._item)}

    def attention(self) -> Attention:
        """Return how many applications of the desk's own need somebody soon."""
        return Attention(*attention([self._due[one.receipt_number] for one in self._open if one.handing is None]))

    def listed(self, tab: Tab, first: int) -> Listed:
        """Return a part of a tab: those with the nearest day first, without one the longest waiting."""
        if tab is Tab.DECIDED:
            found = self._office.desk.decided(self._without, self._item, first, PAGE + 1)
            return Listed(found[:PAGE], len(found) > PAGE)
        entries = self._of(tab)
        return Listed(tuple(entries[first : first + PAGE]), len(entries) > first + PAGE)

    def _of(self, tab: Tab) -> list[DeskEntry]:
        if tab is Tab.HANDED:
            return [one for one in self._open if one.handing is not None]
        ours = [one for one in self._open if one.handing is None]
        if tab is Tab.OVERDUE:
            ours = [one for one in ours if self._is_pressing(one)]
        else:
            ours = [one for one in ours if OF_STATE[one.state] is tab]
        return sorted(ours, key=lambda one: (self._day(one), one.since))

    def _is_pressing(self, entry: DeskEntry) -> bool:
        due = self._due[entry.receipt_number]
        return due is not None and due.lateness is not Lateness.IN_TIME

    def _day(self, entry: DeskEntry) -> date:
        due: Due | None = self._due[entry.receipt_number]
        return due.on if due else date.max
