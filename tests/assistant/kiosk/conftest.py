"""A machine in a hall without a server: real storage, the real gate, a dialogue of fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actions.texts import Texts
from assistant.kiosk.leaving import Leaving
from assistant.kiosk.settings import Hall, Idle, KioskSettings
from assistant.kiosk.visits import Visits
from storage.kiosk_visits import KioskVisits

KIOSK = KioskSettings(Hall("大厅"), "一号机", {}, Idle(60, 90), "80mm")


@dataclass
class Machine:
    """A machine as its server has it."""

    citizens: Any
    speech: Any
    leaving: Leaving
    visits: Visits
    tracker_url: str

    @property
    def services(self) -> Any:
        return self.citizens.assistant.services


@pytest.fixture
def machine(services: Any, project: Path, tmp_path: Path) -> Machine:
    from assistant.assistant import Assistant
    from assistant.citizen.channel import CitizenChannel
    from assistant.citizen.hub import ConversationHub
    from assistant.citizen.identity import ConversationTokens
    from assistant.citizen.limits import RateLimiter
    from assistant.settings import Settings
    from assistant.speech.channel import SpeechChannel
    from assistant.tracker_store import BoundedTrackerStore
    from tests.assistant.citizen.gated import gate_over

    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    settings = Settings.from_environment({"WENBAN_HOME": str(project)}).with_(var=tmp_path, tracker_url=url)
    agent = gate_over(services)
    agent.tracker_store = BoundedTrackerStore(url=url)
    kept = KioskVisits(services.database)
    tokens = ConversationTokens(b"key", kept.generation)
    hub = ConversationHub(services.transcripts, tokens.hold)
    citizens = CitizenChannel(Assistant(settings, services, agent), hub, tokens, RateLimiter())
    speech = SpeechChannel(citizens, None)
    leaving = Leaving(kept, hub, speech, Texts.load(services.data / "texts" / "kiosk.yml"))
    return Machine(citizens, speech, leaving, Visits(citizens, leaving, KIOSK), url)
