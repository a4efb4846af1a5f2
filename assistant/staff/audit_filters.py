"""What an auditor asks for: a person, a group of actions, a period, a subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from assistant.requests import event_number
from assistant.staff.audit_actions import AuditActions
from assistant.staff.figures.periods import midnight
from storage.audit import AuditWanted
from storage.receipts import receipt_number

DAY = timedelta(days=1)
NAMES = ("who", "group", "first", "last", "subject")
"""the filters, as they are asked for and as the trail keeps who looked for what"""


class BadFilter(ValueError):
    """A filter that means nothing; `key` names the sentence that says why, in data/texts/audit.yml."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class AuditFilter:
    """The filters that are set, in the words of the request, and what they mean."""

    asked: Mapping[str, str]
    wanted: AuditWanted


def audit_filter(asked: Mapping[str, str], actions: AuditActions, zone: tzinfo | None) -> AuditFilter:
    """Read the filters of a request; `first` and `last` are local days, both counted in. Raise BadFilter.

    A receipt number may be typed with another dash or none.
    """
    given = {name: asked.get(name, "").replace("\0", "").strip() for name in NAMES}
    given["subject"] = receipt_number(given["subject"]) or given["subject"]
    first, last = _day(given["first"]), _day(given["last"])
    if first and last and last < first:
        raise BadFilter("days_backwards")
    if given["group"] and given["group"] not in actions.groups:
        raise BadFilter("unknown_group")
    below = event_number(asked["below"]) if asked.get("below") else None
    if asked.get("below") and below is None:
        raise BadFilter("bad_number")
    wanted = AuditWanted(
        actor=given["who"] or None,
        actions=actions.codes(given["group"]) if given["group"] else None,
        subject=given["subject"] or None,
        since=_begin(first, zone),
        until=_begin(last + DAY if last else None, zone),
        below=below,
    )
    return AuditFilter({name: value for name, value in given.items() if value}, wanted)


def _begin(day: date | None, zone: tzinfo | None) -> datetime | None:
    return midnight(day, zone) if day else None


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written) if written else None
    except ValueError:
        raise BadFilter("bad_day") from None
    if found is not None and not 2000 <= found.year <= 2999:
        raise BadFilter("bad_day")
    return found
