"""Revisions as the page reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from actions.clock import BEIJING
from actions.texts import Texts
from assistant.editor.differences import Difference
from assistant.editor.item_yaml import to_yaml
from assistant.editor.workshop import TEXT, is_editable
from knowledge_base.item_drafts import DraftProblem
from storage.revisions import Revision, RevisionState


class BadMoment(ValueError):
    """It is no moment; write 2026-11-27T09:00, Beijing time."""


def line_of(revision: Revision, now: datetime) -> dict[str, Any]:
    """Return a revision as a line of a list; `standing` says what an approved one is at this moment."""
    return {
        "id": revision.id,
        "item_id": revision.item_id,
        "number": revision.number,
        "state": revision.state.value,
        "standing": _standing(revision, now),
        "author": revision.author,
        "author_id": revision.author_id,
        "decider": revision.decider,
        "why": revision.why,
        "remark": revision.remark,
        "effective_from": _told(revision.effective_from),
        "effective_until": _told(revision.effective_until),
        "updated_at": _told(revision.updated_at),
        "submitted_at": _told(revision.submitted_at),
        "decided_at": _told(revision.decided_at),
    }


def whole(revision: Revision, problems: Sequence[DraftProblem], texts: Texts, now: datetime) -> dict[str, Any]:
    """Return a revision with what it says and what is wrong with it."""
    return {
        **line_of(revision, now),
        "version": revision.version,
        "editable": is_editable(revision),
        "guide": revision.content["guide"],
        "asks": revision.content["asks"],
        "broken": TEXT in revision.content,
        "yaml": revision.content.get(TEXT) or to_yaml(revision.content["guide"]),
        "problems": [problem_view(problem, texts) for problem in problems],
    }


def problem_view(problem: DraftProblem, texts: Texts) -> dict[str, str]:
    """Return a problem with its sentence."""
    values = dict(problem.values)
    if problem.rule == "unasked":
        values["facets"] = texts("between").join(texts(f"facet_{facet}") for facet in values["facets"].split(", "))
    return {
        "level": problem.level,
        "element": problem.element,
        "text": texts(f"problem_{problem.rule}", **values),
    }


def diff_view(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return differences as plain values."""
    return [asdict(one) for one in found]


def moment(written: Any) -> datetime | None:
    """Read a moment in Beijing time; nothing written is None. Raise BadMoment."""
    if not written:
        return None
    try:
        read = datetime.fromisoformat(str(written))
    except ValueError:
        raise BadMoment(BadMoment.__doc__) from None
    return read if read.tzinfo else read.replace(tzinfo=BEIJING)


def _told(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(BEIJING).isoformat(timespec="seconds")


def _standing(revision: Revision, now: datetime) -> str:
    if revision.state is not RevisionState.APPROVED or revision.effective_from is None:
        return revision.state.value
    if revision.holds_at(now):
        return "in_time"
    return "ahead" if revision.effective_from > now else "over"
