"""Speech in and speech out, useful without the rest: it knows neither Rasa nor Sanic nor the service items."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voice.endpointing.endpointer import Endpointer
    from voice.recognition.recognizer import Recognizer
    from voice.synthesis.synthesizer import Synthesizer

__all__ = ["Endpointer", "Recognizer", "Synthesizer"]

_MODULES = {
    "Endpointer": "voice.endpointing.endpointer",
    "Recognizer": "voice.recognition.recognizer",
    "Synthesizer": "voice.synthesis.synthesizer",
}


def __getattr__(name: str) -> Any:
    """Import a stage when it is asked for: each loads libraries that the others do without."""
    if name not in _MODULES:
        raise AttributeError(f"module 'voice' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
