"""Settings: where things are and how the program runs, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from actions.clock import Clock, beijing_time, clock_named
from actions.language_model import ModelAddress
from assistant.kiosk.options import KioskOptions
from assistant.origins import origins_named
from voice.recognition.settings import WhisperSettings


class NotAProject(Exception):
    """No Wenban project was found: run from its folder, or set WENBAN_HOME to it."""


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations; paths are absolute."""

    home: Path
    """the project folder, with `config.yml` and `data/`"""
    var: Path
    """what must survive: databases, the key, the logs"""
    knowledge: Path
    """the folder of the service items, with `items/` and `asks/`; the data folder unless they have one of their own"""
    encoder: str
    """a sentence-transformers path or name"""
    database_url: str
    """SQLAlchemy address of the applications, handoffs and conversations"""
    tracker_url: str
    """SQLAlchemy address of Rasa's tracker store"""
    host: str = "127.0.0.1"
    port: int = 5005
    desk: bool = True
    """staff decide on the flows that say so; else the back office decides everything by itself"""
    demo: bool = False
    """demonstration identities may be chosen, and the page says so"""
    clock: Clock = beijing_time
    """gives the time now; a fixed date makes measurements repeat"""
    max_characters: int = 500
    """the longest message understood at once; longer ones get a clear reply"""
    language_model: ModelAddress | None = None
    """a model that may rephrase answers; without one nothing leaves the process"""
    recognizer: WhisperSettings = WhisperSettings("models/asr")
    """the model that hears, and on what"""
    synthesizer: str | None = None
    """another synthesiser to be asked before ours: `command:PROGRAM ARGUMENT…` or an address"""
    speech_rate: int = 190
    """pace of our synthesiser, in espeak-ng's words a minute"""
    embed_origins: tuple[str, ...] = ()
    """the other sites whose pages may show the assistant, such as https://portal.example"""
    kiosk: KioskOptions | None = None
    """this is a machine in a hall (`wenban kiosk`); None where it is not"""
    gaps_least: int = 2
    """conversations in which a thing must have been asked before an editor sees its words"""

    @property
    def data(self) -> Path:
        """The folder that civil servants edit."""
        return self.home / "data"

    @property
    def passages(self) -> Path:
        """The folder of the passages: questions with answers, policy texts."""
        return self.knowledge / "passages"

    @property
    def index(self) -> Path:
        """The folder of the search index; a knowledge folder of its own holds its own."""
        return self.knowledge / "index" if self.has_own_knowledge else self.home / "models" / "index"

    @property
    def built(self) -> Path:
        """The file that remembers what the program's models were built from."""
        return self.rasa_models / "built.json"

    @property
    def knowledge_built(self) -> Path:
        """The same for what is built from the knowledge; a folder of its own keeps it with its index."""
        return self.index / "built.json" if self.has_own_knowledge else self.built

    @property
    def has_own_knowledge(self) -> bool:
        """Whether the service items are others than those of the data folder."""
        return self.knowledge != self.data

    @property
    def speech_models(self) -> Path:
        """The folder below which recognisers are installed by name."""
        return self.home / "models" / "speech"

    @property
    def emergency_model(self) -> Path:
        """The folder of the classifier of emergencies."""
        return self.home / "models" / "emergencies"

    @property
    def rasa_models(self) -> Path:
        """The folder of the trained Rasa models."""
        return self.home / "models" / "rasa"

    def with_(self, **changes: Any) -> Settings:
        """Return a copy with the changes made."""
        return replace(self, **changes)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `WENBAN_*` variables.

        Raises:
            NotAProject: neither WENBAN_HOME nor the current folder nor the checkout holds a project.
            BadDate: WENBAN_TODAY is no date.
            BadOrigin: WENBAN_EMBED_ORIGINS names something that is no origin.
            BadModelAddress: WENBAN_LLM_URL is no address, or WENBAN_LLM_TIMEOUT no number of seconds.
        """
        env = os.environ if environment is None else environment
        home = _find_home(env.get("WENBAN_HOME"))
        var = Path(env.get("WENBAN_VAR", home / "var")).resolve()
        return cls(
            home=home,
            var=var,
            knowledge=Path(named).resolve() if (named := env.get("WENBAN_KNOWLEDGE")) else home / "data",
            encoder=env.get("WENBAN_ENCODER", str(home / "models" / "encoder")),
            recognizer=WhisperSettings(
                model=env.get("WENBAN_ASR_MODEL", str(home / "models" / "asr")),
                device=env.get("WENBAN_ASR_DEVICE", "cpu"),
                compute_type=env.get("WENBAN_ASR_COMPUTE_TYPE", "int8"),
            ),
            synthesizer=env.get("WENBAN_TTS"),
            speech_rate=int(env.get("WENBAN_SPEECH_RATE", "190")),
            database_url=env.get("WENBAN_DATABASE_URL", f"sqlite:///{var / 'wenban.db'}"),
            tracker_url=env.get("WENBAN_TRACKER_URL", f"sqlite:///{var / 'tracker.db'}"),
            host=env.get("WENBAN_HOST", "127.0.0.1"),
            port=int(env.get("WENBAN_PORT", "5005")),
            desk=env.get("WENBAN_DESK") != "auto",
            demo=env.get("WENBAN_DEMO", "") in ("1", "true", "yes"),
            clock=clock_named(env.get("WENBAN_TODAY")),
            language_model=ModelAddress.from_environment(env),
            embed_origins=origins_named(env.get("WENBAN_EMBED_ORIGINS", "")),
            kiosk=KioskOptions.from_environment(env),
            gaps_least=max(1, int(env.get("WENBAN_GAPS_LEAST", "2"))),
        )


def _find_home(named: str | None) -> Path:
    for folder in (Path(named) if named else None, Path.cwd(), Path(__file__).resolve().parent.parent):
        if folder is not None and (folder / "config.yml").is_file() and (folder / "data").is_dir():
            return folder.resolve()
    raise NotAProject(NotAProject.__doc__)
