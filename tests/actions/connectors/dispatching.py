"""A dispatcher for tests, on a database and a department's address."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from actions.connectors.backoff import Backoff
from actions.connectors.contract import Contract
from actions.connectors.declarations import DepartmentSystem
from actions.connectors.dispatcher import Dispatcher, Pace
from actions.connectors.exchange import Exchange
from actions.connectors.http import HttpConnector
from storage.applications import Applications
from storage.database import Database
from storage.outbox import Outbox

DATA = Path(__file__).parents[3] / "data"
ITEM = "no-criminal-record-certificate"
FIELDS = ("full_name", "id_number", "phone", "purpose")


def connector_for(url: str, clock: Any, token: str = "secret", **system: Any) -> HttpConnector:
    """Return a connector named police; a loaded machine may take its time to answer."""
    given = {"connect_timeout": 10, "read_timeout": 20, "poll_every": 60, **system}
    exchange = Exchange(DepartmentSystem("police", url, "WENBAN_POLICE_TOKEN", **given), token, clock)
    return HttpConnector(exchange, Contract.load(DATA), {ITEM: FIELDS})


def dispatcher_for(database: Database, url: str, clock: Any, batch: int = 20, **system: Any) -> Dispatcher:
    """Return a dispatcher that waits 5 s, 10 s, 20 s … after failures."""
    pace = Pace(batch, Backoff(longest=timedelta(minutes=2), chance=lambda: 1.0))
    connector = connector_for(url, clock, **system)
    return Dispatcher(connector, Applications(database), Outbox(database), clock, pace)
