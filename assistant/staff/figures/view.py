"""The figures of a period as the page draws them; what is called how comes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.staff.figures.headline import Headline
from assistant.staff.figures.labels import Labels
from assistant.staff.figures.measures import Durations, PeriodFigures
from assistant.staff.figures.periods import Period
from assistant.staff.figures.rules import FigureRules
from assistant.staff.figures.satisfaction import Levels
from assistant.staff.figures.tables import LEVELS, MOVES, Tables
from storage.application_states import ApplicationState
from storage.handoff_figures import HandoffOutcome


def figures_view(
    found: PeriodFigures, before: PeriodFigures, told: Sequence[Headline], labels: Labels, rules: FigureRules
) -> dict[str, Any]:
    """Return a period beside the one before it, as plain values."""
    tables = Tables(found, before, told, labels)
    return {
        "period": _period(found.period),
        "themes": [{"theme": table.key, "label": table.title} for table in tables.all()],
        "before": _period(before.period),
        "headline": [_headline(one, labels) for one in told],
        "traffic": {
            "unit": "hour" if len(found.period.days) == 1 else "day",
            "points": list(_points(found, before)),
            "hours": [tally.turns for tally in found.by_hour],
            "weekdays": [list(hours) for hours in found.by_weekday()] if len(found.period.days) >= 7 else None,
            "ways": [{"way": way.value, "turns": turns} for way, turns in found.ways.items()],
        },
        "answers": [
            {"label": label, "value": found.statuses.get(status, 0), "before": before.statuses.get(status, 0)}
            for status, label in labels.statuses.items()
            if found.statuses.get(status) or before.statuses.get(status)
        ],
        "desk": _desk(found, before, labels),
        "applications": _applications(found, before, labels),
        "items": _items(tables, labels, rules),
        "satisfaction": _satisfaction(found, before, labels),
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "first": period.days[0].isoformat(),
        "last": period.days[-1].isoformat(),
        "days": len(period.days),
        "until_hour": period.until.hour if period.ends_within_day else None,
    }


def _headline(one: Headline, labels: Labels) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": labels.texts(f"headline_{one.key}"),
        "kind": one.kind.value,
        "better": one.better.value,
        "value": one.value,
        "before": one.before[0],
    }


def _points(found: PeriodFigures, before: PeriodFigures) -> Iterator[dict[str, Any]]:
    """Yield the points along the period, hours of a single day and days of several; each beside the one before it."""
    if len(found.period.days) == 1:
        last = found.period.until.hour if found.period.ends_within_day else 24
        for hour in range(24):
            now, then = found.by_hour[hour], before.by_hour[hour]
            yield {
                "at": hour,
                "conversations": now.conversations if hour < last else None,
                "turns": now.turns if hour < last else None,
                "before": then.conversations if hour < last else None,
            }
        return
    moves = found.applications.days
    for day, earlier in zip(found.period.days, before.period.days, strict=True):
        now = found.by_day[day]
        yield {
            "at": day.isoformat(),
            "conversations": now.conversations,
            "turns": now.turns,
            "before": before.by_day[earlier].conversations,
            "submitted": _moved(moves, day, ApplicationState.SUBMITTED),
            "issued": _moved(moves, day, ApplicationState.ISSUED),
        }


def _moved(moves: Mapping[date, Mapping[ApplicationState, int]], day: date, state: ApplicationState) -> int:
    return moves.get(day, {}).get(state, 0)


def _desk(found: PeriodFigures, before: PeriodFigures, labels: Labels) -> dict[str, Any]:
    now, then = found.desk, before.desk
    reasons = sorted({*now.reasons, *then.reasons}, key=lambda reason: (-now.reasons.get(reason, 0), reason))
    return {
        "waiting": _durations(now.waiting, then.waiting),
        "handling": _durations(now.handling, then.handling),
        "queued": now.queued,
        "abandoned": now.abandoned,
        "no_answers": now.no_answers,
        "long_waits": now.long_waits,
        "reasons": [
            {
                "label": labels.reason(reason),
                "value": now.reasons.get(reason, 0),
                "before": then.reasons.get(reason, 0),
            }
            for reason in reasons
        ],
        "outcomes": [
            {
                "label": labels.texts(f"outcome_{outcome.value}"),
                "value": now.outcomes.get(outcome, 0),
                "before": then.outcomes.get(outcome, 0),
            }
            for outcome in HandoffOutcome
            if now.outcomes.get(outcome) or then.outcomes.get(outcome)
        ],
    }


def _durations(now: Durations, before: Durations) -> dict[str, Any]:
    return {"count": now.count, "median": now.median, "p90": now.p90, "median_before": before.median}


def _applications(found: PeriodFigures, before: PeriodFigures, labels: Labels) -> dict[str, Any]:
    applications, submitted = found.applications, ApplicationState.SUBMITTED
    ordered = sorted(applications.items, key=lambda item: (-applications.items[item].count(submitted), item))
    return {
        "in_time_share": applications.in_time_share,
        "states": [
            {
                "state": state.value,
                "label": labels.state(state),
                "value": applications.count(state),
                "before": before.applications.count(state),
            }
            for state in MOVES
        ],
        "items": [
            {
                "label": labels.item(item),
                "counts": [applications.items[item].count(state) for state in MOVES],
                "overdue": applications.items[item].overdue,
            }
            for item in ordered
        ],
    }


def _items(tables: Tables, labels: Labels, rules: FigureRules) -> list[dict[str, Any]]:
    return [
        {"label": labels.item(item), "value": sum(turns.values()), "before": before}
        for item, turns, before in tables.asked_items()[: rules.top]
    ]


def _satisfaction(found: PeriodFigures, before: PeriodFigures, labels: Labels) -> list[dict[str, Any]]:
    now: Levels = found.satisfaction.levels
    then: Levels = before.satisfaction.levels
    return [
        {"label": labels.texts(f"level_{level}"), "value": now.get(level, 0), "before": then.get(level, 0)}
        for level in LEVELS
    ]
