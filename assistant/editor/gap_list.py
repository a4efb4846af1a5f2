"""The list of knowledge gaps, with what editors decided about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from assistant.editor.staff_changes import StaffChangeList, StaffChanges
from assistant.nlu import resources
from assistant.nlu.dialogue_cues import DialogueCues
from assistant.settings import Settings
from assistant.unanswered import unanswered_questions, undrafted_questions
from knowledge_base.gaps import Gap, find_gaps, is_same
from knowledge_base.search import Searcher
from storage.database import Database
from storage.drafts import AnswerDrafts
from storage.gap_decisions import GapDecision, GapDecisions, GapState
from storage.transcripts import Transcripts

LOOK_BACK = timedelta(days=30)


class GapGone(Exception):
    """The list has changed meanwhile and no longer holds this gap."""


@dataclass(frozen=True)
class ListedGap:
    id: str
    gap: Gap
    state: GapState
    decision_id: str | None


@dataclass(frozen=True)
class GapReport:
    since: datetime
    gaps: tuple[ListedGap, ...]
    withheld: int
    """questions that too few people asked to be shown"""
    changes: StaffChanges
    """what staff changed in answers"""


class GapList:
    """Find gaps in the kept conversations and in what staff drafted for, and keep what was decided about them."""

    def __init__(self, database: Database, searcher: Searcher, cues: DialogueCues, least: int) -> None:
        """Take the conversations, the search, and how often a thing must have been asked to be shown."""
        self._transcripts = Transcripts(database)
        self._drafts = AnswerDrafts(database)
        self._decisions = GapDecisions(database)
        self._searcher = searcher
        self._cues = cues
        self._least = least
        self.changes = StaffChangeList(database, least)
        self._now = database.now

    @classmethod
    def open(cls, settings: Settings, database: Database, least: int | None = None) -> GapList:
        """Open the list of an installation."""
        cues = yaml.safe_load(_cues_file(settings.data).read_text(encoding="utf-8"))
        searcher = resources.searcher_at(settings.index, settings.encoder)
        return cls(database, searcher, DialogueCues.from_mapping(cues), least or settings.gaps_least)

    def look(self, since: datetime | None = None, until: datetime | None = None) -> GapReport:
        """Gather what was not answered between two moments, 30 days ago and now unless told; the most asked first."""
        since = since or self._now() - LOOK_BACK
        self._searcher.reload_if_changed()
        questions = unanswered_questions(self._transcripts, since, self._cues) + undrafted_questions(
            self._drafts, since
        )
        if until is not None:
            questions = [question for question in questions if question.at < until]
        found = find_gaps(questions, self._searcher, self._least)
        decisions = self._decisions.of(self._encoder)
        listed = tuple(_listed(gap, decisions) for gap in found.shown)
        return GapReport(since, listed, found.withheld, self.changes.look(since))

    def decide(self, listed: ListedGap, state: GapState, staff_id: str) -> None:
        """Settle, dismiss or open a gap again; it holds for what is asked later about the same."""
        if listed.decision_id is not None:
            self._decisions.remove(listed.decision_id)
        if state is not GapState.OPEN:
            self._decisions.add(state, self._encoder, listed.gap.centre, staff_id)

    def find(self, gap_id: str, since: datetime | None = None) -> ListedGap:
        """Return a gap of the list as it is now; raise GapGone."""
        listed = next((one for one in self.look(since).gaps if one.id == gap_id), None)
        if listed is None:
            raise GapGone(GapGone.__doc__)
        return listed

    @property
    def _encoder(self) -> str:
        return self._searcher.manifest.encoder


def _cues_file(data: Path) -> Path:
    return data / "texts" / "dialogue.yml"


def _listed(gap: Gap, decisions: tuple[GapDecision, ...]) -> ListedGap:
    decision = next((one for one in decisions if is_same(one.centre, gap.centre)), None)
    gap_id = hashlib.sha256("\n".join(gap.examples).encode()).hexdigest()[:16]
    return ListedGap(gap_id, gap, decision.state if decision else GapState.OPEN, decision.id if decision else None)
