"""Knowledge gaps on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from actions.clock import BEIJING, BadDate
from actions.texts import Texts
from assistant.editor.gap_desk import change_view, gap_view
from assistant.editor.gap_list import GapList
from assistant.progress import progress
from assistant.revised_knowledge import knowledge_in_force
from assistant.settings import Settings
from assistant.staff.accounts import ACTOR, open_audit, open_database
from storage.gap_decisions import GapState


def look_for_gaps(settings: Settings, since: str | None, least: int | None) -> dict[str, Any]:
    """Return the gaps as plain values; the look is written to the audit trail. Raise BadDate."""
    try:
        begin = datetime.combine(date.fromisoformat(since), time(), BEIJING) if since else None
    except ValueError:
        raise BadDate(f"{since!r}: {BadDate.__doc__}") from None
    database = open_database(settings)
    with progress("Looking for gaps") as report:
        report("loading the search", 0.0)
        gaps = GapList.open(settings, database, least)
        report("reading the conversations", 0.5)
        found = gaps.look(begin)
    open_audit(settings, database).append(ACTOR, "read-gaps", "gaps")
    texts = Texts.load(settings.data / "texts" / "editor.yml")
    catalogue = knowledge_in_force(settings).catalogue
    return {
        "since": found.since.isoformat(),
        "withheld": found.withheld,
        "gaps": [gap_view(one, catalogue, texts) for one in found.gaps],
        "changes": [change_view(one, catalogue, texts) for one in found.changes.shown],
    }


def gaps_as_text(report: Mapping[str, Any]) -> str:
    """Return the open gaps as lines, and how many questions are not shown."""
    lines = []
    for gap in report["gaps"]:
        if gap["state"] != GapState.OPEN.value:
            continue
        whys = ", ".join(f"{one['label']} {one['count']}" for one in gap["whys"])
        lines.append(f"{gap['count']:4}  {gap['title']}   [{gap['first'][:10]} – {gap['last'][:10]}; {whys}]")
        lines += [f"      · {example}" for example in gap["examples"][1:]]
        lines += [f"      {near['score']:.2f}  {near['item_id']}  {near['name']}" for near in gap["near"]]
        lines.append(f"      → {gap['proposal']}")
    for change in report["changes"]:
        if change["state"] != GapState.OPEN.value:
            continue
        counts = f"edited {change['edited']}, rejected {change['rejected']}"
        lines.append(f"{change['edited'] + change['rejected']:4}  {change['title']}   [{counts}]")
        for edit in change["edits"]:
            told = (("-", edit["before"]), ("+", edit["after"]))
            lines += [f"      {sign} {sentence}" for sign, sentence in told if sentence]
    decided = sum(gap["state"] != GapState.OPEN.value for gap in report["gaps"])
    lines.append(
        f"Open gaps: {len(report['gaps']) - decided}; settled or dismissed: {decided}; "
        f"questions asked too seldom to be shown: {report['withheld']}."
    )
    return "\n".join(lines)
