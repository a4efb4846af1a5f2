from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml

from actions.flows.definition import Flow, load_flows
from actions.flows.engine import FlowEngine, Intent, Message, Step
from actions.flows.texts import FlowTexts
from storage.applications import Applications
from storage.encryption import Cipher
from storage.identity import Identity
from tests.databases import opened_again_and_again

DATA = Path(__file__).parents[3] / "data"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
CERTIFICATE = "no-criminal-record-certificate"


@pytest.fixture(scope="session")
def clock():
    return lambda: NOW


@pytest.fixture(scope="session")
def flows():
    return load_flows(DATA / "flows")


@pytest.fixture(scope="session")
def texts():
    return FlowTexts.load(DATA / "texts")


@pytest.fixture(scope="session")
def words(texts):
    return texts.words


@pytest.fixture(scope="session")
def people() -> dict[str, Identity]:
    raw = yaml.safe_load((DATA / "demo" / "identities.yml").read_text("utf-8"))
    return {
        key: Identity.from_mapping({name: value for name, value in entry.items() if name != "label"})
        for key, entry in raw.items()
    }


@pytest.fixture(scope="session")
def cipher():
    return Cipher(Cipher.new_key())


@pytest.fixture
def open_database(empty_databases, tmp_path, cipher, clock):
    with opened_again_and_again(empty_databases.new("sqlite", tmp_path / "wenban.db"), cipher, clock) as open_:
        yield open_


class Talk:
    """One conversation with the engine."""

    def __init__(self, engine: FlowEngine, applications: Applications, identity: Identity | None) -> None:
        self.engine = engine
        self.applications = applications
        self.identity = identity
        self.last: Step | None = None

    def start(self, text: str, item: str = CERTIFICATE, facts: dict | None = None) -> Step:
        self.last = self.engine.start("talk", item, text, self.identity, facts or {})
        return self.last

    def say(self, text: str, intent: str = "inform") -> Step:
        self.last = self.engine.receive("talk", Message(text, Intent(intent)))
        return self.last

    @property
    def values(self) -> dict[str, str]:
        """The values of the draft as they are read back."""
        draft = self.applications.active_draft("talk")
        return {} if draft is None else dict(draft.fields)

    @property
    def shown(self) -> dict[str, str]:
        assert self.last is not None
        return {line.field: line.value for line in self.last.summary}


@pytest.fixture
def talk(flows, texts, open_database, people, clock):
    """Begin a conversation, signed in as a demonstration identity or not."""
    database = open_database()
    applications = Applications(database)

    def begin(identity: str | None = "demo", **other_flows: Flow) -> Talk:
        changed = {flow.item_id: flow for flow in other_flows.values()}
        engine = FlowEngine({**flows, **changed}, applications, texts, clock)
        return Talk(engine, applications, people[identity] if identity else None)

    return begin
