"""The package's three stages can be imported from it, and it alone loads nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import voice


def test_given_the_package_then_its_stages_are_there() -> None:
    from voice import Endpointer, Recognizer, Synthesizer

    assert [stage.__name__ for stage in (Endpointer, Recognizer, Synthesizer)] == list(voice.__all__)


def test_given_another_name_then_there_is_no_such_attribute() -> None:
    with pytest.raises(AttributeError, match="Telephone"):
        _ = voice.Telephone


def test_given_the_package_alone_then_no_library_is_loaded(project: Path) -> None:
    heavy = "[name for name in ('numpy', 'faster_whisper', 'onnxruntime', 'pypinyin') if name in sys.modules]"
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, voice; print({heavy})"], cwd=project, capture_output=True, text=True
    )

    assert loaded.stdout == "[]\n"
