"""What each thing is built from, as one hash: it is built anew when that changes."""

from __future__ import annotations

from pathlib import Path

from assistant.built import content_hash
from assistant.settings import Settings

_DIALOGUE_CODE = (
    "config.yml",
    "domain",
    "assistant/nlu",
    "knowledge_base/asks.py",
    "knowledge_base/text.py",
    "requirements.lock",
)


def data_inputs(settings: Settings) -> str:
    """Return the content hash of everything that is checked."""
    shared = ("flows", "schemas", "emergencies", "english")
    texts = ("texts/facts.yml", "texts/flow_words.yml", "texts/certificates.yml")
    files = ("cases.yml", *texts, "agents.yml", "connectors.yml", "appointments.yml", "holidays.yml")
    return content_hash([*_knowledge_files(settings), *(settings.data / name for name in (*shared, *files))])


def index_inputs(settings: Settings) -> str:
    """Return the content hash of everything the index is built from, the building code included."""
    return content_hash(
        [
            *_knowledge_files(settings),
            *(settings.data / name for name in ("asks", "cases.yml", "texts/glossary.yml")),
            Path(settings.encoder),
            settings.home / "knowledge_base",
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )


def calibration_inputs(settings: Settings) -> str:
    """Return the content hash of everything the index is calibrated on, and of which index it is."""
    return content_hash([settings.index / "current", *calibration_sets(settings)])


def calibration_sets(settings: Settings) -> tuple[Path, Path]:
    """Return the files of open questions: for the desk, and not for it."""
    folder = settings.knowledge / "eval" / "open"
    return folder / "questions.yml", folder / "out_of_scope.yml"


def emergency_inputs(settings: Settings) -> str:
    """Return the content hash of everything the classifier of emergencies is trained from, its code included."""
    code = ("assistant/citizen/emergency_classifier.py", "knowledge_base/sparse.py", "knowledge_base/text.py")
    return content_hash(
        [
            *(settings.data / name for name in ("emergencies/examples.yml", "nlu", "asks")),
            *(settings.home / name for name in code),
        ]
    )


def dialogue_inputs(settings: Settings) -> str:
    """Return the content hash of everything the dialogue model is trained from."""
    return content_hash(
        [
            *(settings.home / name for name in _DIALOGUE_CODE),
            *(settings.data / name for name in ("nlu", "rules", "asks", "texts/glossary.yml")),
            Path(settings.encoder),
        ],
        settings.encoder if not Path(settings.encoder).exists() else "",
    )


def _knowledge_files(settings: Settings) -> list[Path]:
    return [settings.knowledge / name for name in ("items", "asks", "passages", "cases.yml")]
