"""The command line of an installation of its own, as typed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant import cli
from assistant.settings import Settings

OF_THE_ENVIRONMENT = ("WENBAN_DATABASE_URL", "WENBAN_TRACKER_URL", "WENBAN_TODAY", "WENBAN_KNOWLEDGE")


@pytest.fixture
def settings(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("WENBAN_HOME", str(project))
    monkeypatch.setenv("WENBAN_VAR", str(tmp_path / "var"))
    for name in OF_THE_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return Settings.from_environment()


@pytest.fixture
def wenban(settings: Settings) -> Callable[..., Result]:
    """Run `wenban` with these words; `typed` is what it reads."""

    def run(*words: object, typed: str = "") -> Result:
        return CliRunner().invoke(cli.app, [str(word) for word in words], input=typed)

    return run
