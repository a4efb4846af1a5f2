"""Budget: the figures of thirty days with 50,000 conversations are composed within a second."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result

if TYPE_CHECKING:
    from storage.database import Database

CONVERSATIONS = 50_000
"""in the period, and as many in the one it is compared with"""
DAYS = 30
HANDED_OVER, APPLIED, ITEMS = 0.1, 0.15, 400
REPEATED = 20
BUDGET_MS = 1000.0
BATCH = 5000


def measure() -> Result:
    """Fill a database with two periods, and compose and show the later one again and again."""
    from actions.clock import BEIJING
    from actions.services import Services
    from assistant.staff.figures.headline import headline
    from assistant.staff.figures.labels import Labels
    from assistant.staff.figures.periods import period_named
    from assistant.staff.figures.reader import FiguresReader
    from assistant.staff.figures.rules import FigureRules
    from assistant.staff.figures.view import figures_view

    now = datetime(2026, 11, 23, 17, 30, tzinfo=BEIJING)
    data = Path(__file__).parent.parent / "data"
    with tempfile.TemporaryDirectory(prefix="wenban-figures-") as folder:
        url = f"sqlite:///{Path(folder) / 'wenban.db'}"
        services = Services.open(data, Path(folder), url, lambda: now, departments=False)
        rows = fill(services.database, now.date(), sorted(services.flows))
        rules = FigureRules.load(data / "figures.yml")
        reader, labels = FiguresReader.of(services, rules), Labels.load(services)
        seconds = []
        for _ in range(REPEATED):
            began = time.perf_counter()
            period = period_named("month", "", "", now)
            found, before = reader.read(period), reader.read(period.before)
            figures_view(found, before, headline(found, [before], rules), labels, rules)
            seconds.append(time.perf_counter() - began)
        services.database.close()
    measured = milliseconds(seconds)
    return result(
        [Figure("figures of 30 days beside the 30 before, p95", measured["p95"], "ms", BUDGET_MS)],
        times={"both periods, with the page's view": measured},
        rows=rows,
        conversations=found.conversations,
    )


def fill(database: Database, last: date, applied_for: list[str]) -> dict[str, int]:
    """Write two periods that end with a day, as rows; return how many of each table."""
    from storage import models

    chosen = random.Random(7)
    made: dict[Any, Any] = {
        models.TurnCountRow: _turn_counts(chosen, last),
        models.HandoffRow: _handoffs(chosen, last),
        models.ApplicationRow: _applications(chosen, last, applied_for),
    }
    counts: dict[str, int] = {}
    for table, rows in made.items():
        batch = list(rows)
        counts[table.__tablename__] = len(batch)
        for start in range(0, len(batch), BATCH):
            with database.writing("benchmark") as session:
                session.bulk_insert_mappings(table, batch[start : start + BATCH])
                if table is models.ApplicationRow:
                    events = [event for row in batch[start : start + BATCH] for event in _events(row)]
                    session.bulk_insert_mappings(models.ApplicationEventRow, events)
                    counts["application_events"] = counts.get("application_events", 0) + len(events)
    return counts


def _days(last: date) -> list[date]:
    return [last - timedelta(days=back) for back in range(2 * DAYS)]


def _moment(chosen: random.Random, day: date) -> datetime:
    from actions.clock import BEIJING

    return datetime(day.year, day.month, day.day, chosen.randrange(8, 20), chosen.randrange(60), tzinfo=BEIJING)


def _turn_counts(chosen: random.Random, last: date) -> Iterator[dict[str, Any]]:
    """Yield counters as 2.5 turns a conversation leave them: items by Zipf's law, facets, statuses, both ways in."""
    weights = [1 / (rank + 1) for rank in range(ITEMS)]
    for day in _days(last):
        counted: dict[tuple[Any, ...], list[int]] = {}
        for _ in range(CONVERSATIONS // DAYS):
            item, hour = chosen.choices(range(ITEMS), weights)[0], chosen.randrange(8, 20)
            for turn in range(chosen.choices((1, 2, 3, 4, 5), (3, 3, 2, 1, 1))[0]):
                status = chosen.choices(("answered", "clarified", "not_understood", "flow_asked"), (7, 1, 1, 1))[0]
                about = f"item-{item}" if status in ("answered", "flow_asked") else ""
                facet = chosen.choice(("general", "materials", "fee", "place")) if about else ""
                way = "spoken" if chosen.random() < 0.2 else "typed"
                sums = counted.setdefault((hour, way, status, about, facet), [0, 0])
                sums[0] += 1
                sums[1] += turn == 0
        names = ("hour", "channel", "status", "item_id", "facet")
        for key, (turns, begun) in counted.items():
            yield {"day": day, **dict(zip(names, key, strict=True)), "turns": turns, "conversations": begun}


def _handoffs(chosen: random.Random, last: date) -> Iterator[dict[str, Any]]:
    for day in _days(last):
        for _ in range(int(CONVERSATIONS / DAYS * HANDED_OVER)):
            queued = _moment(chosen, day)
            taken = queued + timedelta(seconds=chosen.expovariate(1 / 150))
            yield {
                "id": f"{chosen.getrandbits(128):032x}",
                "conversation_id": f"{chosen.getrandbits(128):032x}",
                "state": chosen.choice(("returned", "closed")),
                "reason": chosen.choice(("asked_for", "low_confidence", "complaint")),
                "urgency": 0,
                "summary_sealed": bytes(200),
                "staff_id": f"{1:032x}",
                "opened_at": queued,
                "queued_at": queued,
                "taken_at": taken,
                "ended_at": taken + timedelta(seconds=chosen.uniform(60, 900)),
            }


def _applications(chosen: random.Random, last: date, items: list[str]) -> Iterator[dict[str, Any]]:
    for day in _days(last):
        for _ in range(int(CONVERSATIONS / DAYS * APPLIED)):
            submitted = _moment(chosen, day)
            state = chosen.choices(("issued", "accepted", "refused"), (80, 15, 5))[0]
            yield {
                "id": f"{chosen.getrandbits(128):032x}",
                "conversation_id": f"{chosen.getrandbits(128):032x}",
                "item_id": chosen.choice(items),
                "state": state,
                "content_sealed": bytes(1500),
                "phase": "ask",
                "failures": 0,
                "created_at": submitted,
                "submitted_at": submitted,
                "updated_at": submitted + timedelta(hours=chosen.uniform(1, 100)),
            }


def _events(application: dict[str, Any]) -> Iterator[dict[str, Any]]:
    common = {
        "application_id": application["id"],
        "conversation_id": application["conversation_id"],
        "told": True,
    }
    yield {**common, "state": "submitted", "at": application["submitted_at"]}
    if application["state"] != "refused":
        yield {**common, "state": "accepted", "at": application["submitted_at"] + timedelta(minutes=30)}
    if application["state"] != "accepted":
        yield {**common, "state": application["state"], "at": application["updated_at"]}


def tables(measured: Result) -> list[Table]:
    """Return how long it took, and how much there was to read."""
    filled = Table("table", "rows", title="what was read from", title_justify="left")
    for name, rows in measured["details"]["rows"].items():
        filled.add_row(name, f"{rows:,}")
    return [durations_table("composing", measured["details"]["times"]), filled]
